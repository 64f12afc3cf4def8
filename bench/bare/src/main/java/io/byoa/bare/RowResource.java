package io.byoa.bare;

import io.agroal.api.AgroalDataSource;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/** Reads one row by its key, and writes two rows in one transaction; nothing else happens. */
@Path("/rows")
@Produces(MediaType.APPLICATION_JSON)
public class RowResource {

  private final AgroalDataSource database;

  public RowResource(AgroalDataSource database) {
    this.database = database;
  }

  /** The row's JSON text, as it is stored. */
  @GET
  @Path("/{id}")
  public String row(@PathParam("id") String id) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement("SELECT content FROM bare_row WHERE id = ?")) {
      select.setString(1, id);
      try (ResultSet rows = select.executeQuery()) {
        if (!rows.next()) {
          throw new NotFoundException();
        }
        return rows.getString(1);
      }
    }
  }

  /** A row of the request's body, and one that belongs to it. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Transactional
  public Response add(String body) throws SQLException {
    String id = UUID.randomUUID().toString();
    try (Connection connection = database.getConnection();
        PreparedStatement row =
            connection.prepareStatement(
                "INSERT INTO bare_row (id, content) VALUES (?, cast(? as json))");
        PreparedStatement event =
            connection.prepareStatement(
                "INSERT INTO bare_event (row_id, number, content)"
                    + " VALUES (?, 1, cast(? as json))")) {
      row.setString(1, id);
      row.setString(2, body);
      row.executeUpdate();
      event.setString(1, id);
      event.setString(2, body);
      event.executeUpdate();
    }
    return Response.accepted("{\"id\":\"" + id + "\"}").build();
  }
}
