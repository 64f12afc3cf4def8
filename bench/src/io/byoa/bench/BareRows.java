package io.byoa.bench;

/** The tables of the bare server. */
final class BareRows {

  private BareRows() {}

  /** Creates them, with one row of this content. */
  static void create(Database database, String content) {
    database.execute(
        "CREATE TABLE bare_row (id text PRIMARY KEY, content json NOT NULL)",
        "CREATE TABLE bare_event (row_id text NOT NULL REFERENCES bare_row (id), number bigint,"
            + " content json NOT NULL, PRIMARY KEY (row_id, number))",
        "INSERT INTO bare_row VALUES ('one', '" + content.replace("'", "''") + "')");
  }
}
