package io.byoa.database;

/**
 * Where a PostgreSQL answers and who may use it.
 *
 * @param url a JDBC URL, {@code jdbc:postgresql://…}
 * @param user the role that owns the database
 * @param password its password; never logged
 */
public record DatabaseAddress(String url, String user, String password) {

  @Override
  public String toString() {
    return url + " as " + user;
  }
}
