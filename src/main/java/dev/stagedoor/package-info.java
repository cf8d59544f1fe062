/**
 * The executable: Main reads the command line, Application runs what it says.
 *
 * <p>Everything else is in the packages below; see the map in CONTRIBUTING.md.
 */
package dev.stagedoor;
