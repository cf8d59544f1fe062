/**
 * Finds messages by what they say. SearchService is the main class.
 *
 * <p>Whoever is not in a channel finds nothing of it, from the moment of leaving.
 */
package dev.stagedoor.chat.search;
