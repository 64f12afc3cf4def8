package io.byoa.web;

import io.byoa.common.Sha256;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Digests whatever it is sent, up to 32 MiB. */
@Path("/api/v1/test/uploads")
@Produces(MediaType.APPLICATION_JSON)
public class TestUploadResource {

  @POST
  @Consumes(MediaType.APPLICATION_OCTET_STREAM)
  @BodyLimit(bytes = 32 << 20, seconds = 600)
  @Operation(hidden = true)
  public Map<String, Object> digest(InputStream body) throws IOException {
    MessageDigest digester = Sha256.digester();
    long size = 0;
    byte[] buffer = new byte[1 << 16];
    for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
      digester.update(buffer, 0, n);
      size += n;
    }
    return Map.of("size", size, "sha256", Sha256.of(digester).hex());
  }
}
