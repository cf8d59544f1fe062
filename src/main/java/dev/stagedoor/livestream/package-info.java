/**
 * Live streams and their states: scheduled, live, ended. {@link dev.stagedoor.livestream.LiveStreamService} is the main
 * class; {@code backstage} has who takes part.
 *
 * <p>Streams are public; it must not show who takes part in one.
 */
package dev.stagedoor.livestream;
