/**
 * The way to PostgreSQL: its address, its schema, its failures, and reads. Migrations is the main class.
 *
 * <p>Statements of features do not belong here.
 */
package dev.stagedoor.platform.db;
