package io.byoa.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A client that sends exactly the bytes it is given, right or wrong. */
public final class RawHttp implements AutoCloseable {

  private final Socket socket;

  RawHttp(URI server) throws IOException {
    socket = new Socket(server.getHost(), server.getPort());
    socket.setSoTimeout(3_000);
  }

  RawHttp send(String text) throws IOException {
    try {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
    } catch (SocketException _) {
      // The server has heard enough and hung up; what it said before can still be read.
    }
    return this;
  }

  /** Waits half a minute for answers instead of three seconds. */
  RawHttp patiently() throws IOException {
    socket.setSoTimeout(30_000);
    return this;
  }

  /** All that the server answers until it closes or is silent for three seconds. */
  String answers() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    InputStream in = socket.getInputStream();
    byte[] buffer = new byte[8192];
    try {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        all.write(buffer, 0, n);
      }
    } catch (SocketTimeoutException | SocketException _) {
      // Silent, with the connection still open; or reset, which is hanging up too.
    }
    return all.toString(StandardCharsets.ISO_8859_1);
  }

  /** Leaves as a crash does: what is under way is lost. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** What it is answered to this text, on a connection of its own. */
  public static String exchange(URI server, String text) throws IOException {
    try (RawHttp http = new RawHttp(server)) {
      return http.send(text).answers();
    }
  }
}
