/**
 * Who may listen to what: features offer a {@link dev.stagedoor.realtime.access.TopicRule} for each kind of topic, doors
 * ask {@link dev.stagedoor.realtime.access.TopicAccess}.
 *
 * <p>It must not know how anybody listens.
 */
package dev.stagedoor.realtime.access;
