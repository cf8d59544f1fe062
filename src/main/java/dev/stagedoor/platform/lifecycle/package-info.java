/**
 * Starting, commands, and stopping without losing anything. Startup is the main class.
 *
 * <p>It must not know what the tasks that it runs are about.
 */
package dev.stagedoor.platform.lifecycle;
