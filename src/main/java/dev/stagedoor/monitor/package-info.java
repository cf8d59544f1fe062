/**
 * How this process is doing, for those who run it, as one answer: {@link dev.stagedoor.monitor.MonitorResource}.
 *
 * <p>It must not hold what users wrote. Alarms belong to the metrics; this is for a person who looks.
 */
package dev.stagedoor.monitor;
