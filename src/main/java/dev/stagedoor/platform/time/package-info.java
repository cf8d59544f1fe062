/**
 * The clock.
 *
 * <p>Nothing else may ask the system for the time.
 */
package dev.stagedoor.platform.time;
