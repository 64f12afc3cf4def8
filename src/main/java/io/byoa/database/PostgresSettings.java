package io.byoa.database;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How the embedded PostgreSQL is configured: on its command line, so that a new BYOA brings its
 * own.
 */
final class PostgresSettings {

  private PostgresSettings() {}

  private static final Map<String, String> SETTINGS =
      Map.ofEntries(
          // Only this machine, only with the password, no socket in the file system.
          Map.entry("listen_addresses", "127.0.0.1"),
          Map.entry("unix_socket_directories", ""),
          Map.entry("password_encryption", "scram-sha-256"),
          Map.entry("max_connections", "60"),
          // A commit that was answered survives power loss.
          Map.entry("fsync", "on"),
          Map.entry("synchronous_commit", "on"),
          Map.entry("full_page_writes", "on"),
          // One node, no replication: less is written, and one process fewer runs.
          Map.entry("wal_level", "minimal"),
          Map.entry("max_wal_senders", "0"),
          Map.entry("max_replication_slots", "0"),
          Map.entry("max_logical_replication_workers", "0"),
          // Small: a laptop has other things to do.
          Map.entry("io_method", "sync"),
          Map.entry("shared_buffers", "64MB"),
          Map.entry("work_mem", "8MB"),
          Map.entry("maintenance_work_mem", "64MB"),
          Map.entry("autovacuum_max_workers", "2"),
          Map.entry("autovacuum_worker_slots", "4"),
          Map.entry("max_worker_processes", "2"),
          Map.entry("max_parallel_workers_per_gather", "0"),
          Map.entry("jit", "off"),
          Map.entry("min_wal_size", "48MB"),
          Map.entry("max_wal_size", "512MB"),
          Map.entry("checkpoint_timeout", "15min"),
          Map.entry("random_page_cost", "1.1"),
          // What a client did wrong is told to the client; the log is for the server's own life.
          Map.entry("log_min_messages", "log"),
          Map.entry("log_checkpoints", "off"),
          Map.entry("log_timezone", "UTC"),
          Map.entry("timezone", "UTC"));

  /** {@code -c name=value …}, with these on top of the fixed ones. */
  static List<String> arguments(int port, Map<String, String> more) {
    Map<String, String> all = new TreeMap<>(SETTINGS);
    all.put("port", Integer.toString(port));
    all.putAll(more);
    List<String> arguments = new ArrayList<>();
    all.forEach((name, value) -> {
      arguments.add("-c");
      arguments.add(name + "=" + value);
    });
    return arguments;
  }
}
