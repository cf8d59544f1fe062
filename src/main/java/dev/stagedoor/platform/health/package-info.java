/**
 * The probes.
 *
 * <p>Liveness must not depend on anything outside the process, readiness only on what no request can do without.
 */
package dev.stagedoor.platform.health;
