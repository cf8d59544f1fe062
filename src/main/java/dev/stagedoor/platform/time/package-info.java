/**
 * The clock, and what clocks on a wall show. Time and WallClock are the main classes.
 *
 * <p>Nothing else may ask the system for the time.
 */
package dev.stagedoor.platform.time;
