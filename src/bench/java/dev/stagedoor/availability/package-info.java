/** Measures group events from within: EventParts. */
package dev.stagedoor.availability;
