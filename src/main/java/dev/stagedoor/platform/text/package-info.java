/**
 * How texts are compared, whatever language they are in. SearchableText is the main class.
 *
 * <p>It does not depend on the locale of a process or a database: both ends of a search fold alike.
 */
package dev.stagedoor.platform.text;
