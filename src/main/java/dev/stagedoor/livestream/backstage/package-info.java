/**
 * Who takes part in a live stream: invited, waiting, backstage, on air; and the page behind the stage in one answer.
 * ParticipantService and BackstageService are the main classes.
 *
 * <p>Whoever takes no part in a stream must not learn who does.
 */
package dev.stagedoor.livestream.backstage;
