package dev.stagedoor.analytics;

import java.util.UUID;

/**
 * What was seen of a live stream at one moment.
 *
 * @param at milliseconds since 1970
 * @param chatActivity messages since the sample before
 * @param bitrateKbps null where it is not known
 * @param droppedFrames null where it is not known
 * @param countries viewers by ISO 3166-1 alpha-2 code, as a JSON object; null where it is not known
 * @param devices viewers by kind of device, as a JSON object; null where it is not known
 */
public record Sample(
        UUID streamId,
        long at,
        int viewerCount,
        int chatActivity,
        Integer bitrateKbps,
        Integer droppedFrames,
        String countries,
        String devices) {}
