package io.byoa.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.stream.Collectors.joining;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * Stands in front of an HTTP server, sees every request, and can spoil any: one request a
 * connection, so that each has a fate of its own.
 */
public final class HttpProxy implements AutoCloseable {

  /** What becomes of a request. */
  public sealed interface Fate {

    /** It reaches the server, and the answer the client. */
    record Passes() implements Fate {}

    /** It reaches the server, and the answer goes on with this line among its headers. */
    record PassesWith(String header) implements Fate {}

    /** The proxy answers this itself, with one header. */
    record Answered(int status, String header, String body) implements Fate {}

    /** It reaches the server; of the answer's body so many bytes arrive, then a reset. */
    record Breaks(int after) implements Fate {}

    /** It reaches the server; then the connection is reset instead of an answer. */
    record DoneThenReset() implements Fate {}

    /** It reaches the server; of the answer's body so many bytes arrive, then nothing more. */
    record Stalls(int after) implements Fate {}

    /** It reaches the server; the answer's body comes in ten pieces with pauses between. */
    record Trickles(Duration pause) implements Fate {}

    /** Nothing happens. */
    record Hangs() implements Fate {}
  }

  /**
   * A request that was seen.
   *
   * @param line method, address and protocol
   * @param headers as they came, in lower case
   */
  public record Seen(String line, String headers) {

    /** The method. */
    public String method() {
      return line.substring(0, line.indexOf(' '));
    }

    /** The path and the query. */
    public String target() {
      return line.substring(line.indexOf(' ') + 1, line.lastIndexOf(' '));
    }
  }

  /** CR LF CR LF. */
  private static final int END_OF_HEAD = 0x0d0a0d0a;

  private final ServerSocket socket;
  private final URI server;
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private volatile Function<Seen, Fate> fate = request -> new Fate.Passes();

  private HttpProxy(ServerSocket socket, URI server) {
    this.socket = socket;
    this.server = server;
  }

  /** Stands in front of this server. */
  public static HttpProxy before(URI server) {
    try {
      HttpProxy proxy =
          new HttpProxy(new ServerSocket(0, 100, InetAddress.getLoopbackAddress()), server);
      Thread.ofVirtual().start(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it answers. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  /** Every request so far. */
  public List<Seen> seen() {
    return List.copyOf(seen);
  }

  /** Decides what becomes of each request from now on. */
  public void decide(Function<Seen, Fate> decision) {
    fate = decision;
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        open.add(client);
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException e) {
        return; // Closed.
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      InputStream in = new BufferedInputStream(client.getInputStream());
      String head = head(in);
      if (head.isEmpty()) {
        return;
      }
      Seen request = new Seen(head.lines().findFirst().orElseThrow(), rest(head));
      seen.add(request);
      Fate fate = this.fate.apply(request);
      if (!(fate instanceof Fate.Hangs)) {
        handle(fate, request, head, in, client);
      } else {
        in.transferTo(OutputStream.nullOutputStream());
      }
    } catch (IOException e) {
      // The client went away, or the server: both see it themselves.
    } finally {
      open.remove(client);
    }
  }

  private void handle(Fate fate, Seen request, String head, InputStream in, Socket client)
      throws IOException {
    if (request.headers().contains("expect: 100-continue")) {
      client.getOutputStream().write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(ISO_8859_1));
    }
    long length = length(request.headers());
    if (fate instanceof Fate.Answered(int status, String header, String body)) {
      in.skipNBytes(length);
      client
          .getOutputStream()
          .write(
              "HTTP/1.1 %d Answered\r\n%s\r\nContent-Type: application/xml\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
                  .formatted(
                      status, header, body.length(), request.method().equals("HEAD") ? "" : body)
                  .getBytes(ISO_8859_1));
      return;
    }
    try (Socket upstream = new Socket(server.getHost(), server.getPort())) {
      OutputStream out = upstream.getOutputStream();
      out.write(
          (without(head, "connection", "expect") + "connection: close\r\n\r\n")
              .getBytes(ISO_8859_1));
      byte[] buffer = new byte[1 << 16];
      for (long left = length; left > 0; ) {
        int n = in.read(buffer, 0, (int) Math.min(left, buffer.length));
        if (n < 0) {
          return;
        }
        out.write(buffer, 0, n);
        left -= n;
      }
      out.flush();
      answer(fate, new BufferedInputStream(upstream.getInputStream()), client);
    }
  }

  private static void answer(Fate fate, InputStream answer, Socket client) throws IOException {
    String head = head(answer);
    OutputStream out = client.getOutputStream();
    if (fate instanceof Fate.DoneThenReset) {
      reset(client);
      return;
    }
    String more = fate instanceof Fate.PassesWith(String header) ? header + "\r\n" : "";
    out.write(
        (without(head, "connection") + more + "connection: close\r\n\r\n").getBytes(ISO_8859_1));
    switch (fate) {
      case Fate.Breaks(int after) -> {
        out.write(answer.readNBytes(after));
        out.flush();
        reset(client);
      }
      case Fate.Stalls(int after) -> {
        out.write(answer.readNBytes(after));
        out.flush();
        client.getInputStream().transferTo(OutputStream.nullOutputStream());
      }
      case Fate.Trickles(Duration pause) -> {
        byte[] body = answer.readAllBytes();
        for (int piece = 0; piece < 10; piece++) {
          LockSupport.parkNanos(pause.toNanos());
          int from = body.length * piece / 10;
          out.write(body, from, body.length * (piece + 1) / 10 - from);
          out.flush();
        }
      }
      default -> answer.transferTo(out);
    }
  }

  private static void reset(Socket client) throws IOException {
    client.setSoLinger(true, 0);
    client.close();
  }

  /** Up to the empty line, without it. */
  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int last = 0;
    for (int b = in.read(); b >= 0; b = in.read()) {
      head.write(b);
      last = last << 8 | b;
      if (last == END_OF_HEAD) {
        return head.toString(ISO_8859_1).substring(0, head.size() - 2);
      }
    }
    return "";
  }

  private static String rest(String head) {
    return head.substring(head.indexOf('\n') + 1).toLowerCase(Locale.ROOT);
  }

  private static String without(String head, String... names) {
    return head.lines()
        .filter(line ->
            List.of(names).stream()
                .noneMatch(name -> line.toLowerCase(Locale.ROOT).startsWith(name + ":")))
        .collect(joining("\r\n", "", "\r\n"));
  }

  private static long length(String headers) {
    return headers
        .lines()
        .filter(line -> line.startsWith("content-length:"))
        .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
        .findFirst()
        .orElse(0);
  }

  @Override
  public void close() {
    try {
      socket.close();
      for (Socket client : open) {
        client.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
