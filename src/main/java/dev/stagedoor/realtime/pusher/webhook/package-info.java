/**
 * Tells the servers of apps what happens in their channels: {@link dev.stagedoor.realtime.pusher.webhook.Webhooks}.
 *
 * <p>It must not keep more of what waits than fits.
 */
package dev.stagedoor.realtime.pusher.webhook;
