/**
 * What all resources share: problems, entity tags, cursors, limits, idempotency, the OpenAPI document.
 *
 * <p>A resource uses these and invents none of its own; nothing here knows a feature.
 */
package dev.stagedoor.platform.http;
