package io.byoa.bare;

import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Keeps an upload for as long as it takes, and says its digest; nothing else happens. */
@Path("/copies")
public class CopyResource {

  /** The SHA-256 of the body, which is on the disk by then. */
  @PUT
  public String copy(InputStream body) throws IOException, NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    java.nio.file.Path file = Files.createTempFile(java.nio.file.Path.of("target"), "copy", null);
    byte[] buffer = new byte[1 << 18];
    try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
      for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
        digest.update(buffer, 0, n);
        out.write(ByteBuffer.wrap(buffer, 0, n));
      }
      out.force(true);
    } finally {
      Files.delete(file);
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
