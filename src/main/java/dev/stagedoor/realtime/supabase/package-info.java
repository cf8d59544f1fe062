/**
 * The door of Supabase Realtime: {@code /realtime/v1/websocket}, as {@code @supabase/realtime-js} speaks it; main class
 * {@link dev.stagedoor.realtime.supabase.SupabaseClient}. A feature offers its rows as a
 * {@link dev.stagedoor.realtime.supabase.PublishedTable}.
 *
 * <p>It must not know the database, nor any other door.
 */
package dev.stagedoor.realtime.supabase;
