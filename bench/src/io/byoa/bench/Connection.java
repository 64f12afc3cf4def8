package io.byoa.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One kept-alive HTTP/1.1 connection that costs as little as possible beside what it measures. */
final class Connection implements AutoCloseable {

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  Connection(int port) throws IOException {
    socket = new Socket();
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(30_000);
    socket.connect(new InetSocketAddress("127.0.0.1", port));
    in = new BufferedInputStream(socket.getInputStream(), 16_384);
    out = socket.getOutputStream();
  }

  /** Sends a request and reads its answer to the end; returns the status. */
  int exchange(byte[] request) throws IOException {
    Head head = send(request);
    if (head.chunked) {
      for (int size = size(); size > 0; size = size()) {
        in.skipNBytes(size);
        line();
      }
      line();
    } else {
      in.skipNBytes(head.length);
    }
    return head.status;
  }

  /** Sends a request and returns what it is answered, whose length the server must say. */
  String ask(byte[] request, int expected) throws IOException {
    Head head = send(request);
    String body = new String(in.readNBytes(head.length), StandardCharsets.UTF_8);
    if (head.status != expected || head.chunked) {
      throw new IOException("Expected " + expected + ", got " + head.status + ": " + body);
    }
    return body;
  }

  private record Head(int status, int length, boolean chunked) {}

  private Head send(byte[] request) throws IOException {
    out.write(request);
    int status = Integer.parseInt(line().split(" ", 3)[1]);
    int length = 0;
    boolean chunked = false;
    for (String header = line(); !header.isEmpty(); header = line()) {
      String lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring(15).strip());
      } else if (lower.startsWith("transfer-encoding:")) {
        chunked = true;
      }
    }
    return new Head(status, length, chunked);
  }

  private int size() throws IOException {
    return Integer.parseInt(line(), 16);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder(48);
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("the server closed the connection");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  /** The bytes of a request. */
  static byte[] request(String method, String path, String token, String body) {
    String authorization = token == null ? "" : "Authorization: Bearer " + token + "\r\n";
    String content =
        body == null
            ? "\r\n"
            : "Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(body.getBytes(StandardCharsets.UTF_8).length, body);
    return "%s %s HTTP/1.1\r\nHost: localhost\r\n%s%s"
        .formatted(method, path, authorization, content)
        .getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
