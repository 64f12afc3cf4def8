package io.byoa.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * Debian's Chromium without a window, driven over its DevTools protocol: it loads pages with a
 * token and tells what it complained about.
 */
public final class Chromium implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Process process;
  private final Path profile;
  private final WebSocket socket;
  private final Wire wire;

  private Chromium(Process process, Path profile, WebSocket socket, Wire wire) {
    this.process = process;
    this.profile = profile;
    this.socket = socket;
    this.wire = wire;
  }

  /**
   * What a page came to.
   *
   * @param text what somebody would read on it
   * @param complaints errors of the console, violations of the policy, exceptions
   */
  public record Page(String title, String text, List<String> complaints) {}

  /** Whether there is one on this machine. */
  public static boolean isInstalled() {
    return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser")
        .anyMatch(path -> Files.isExecutable(Path.of(path)));
  }

  /** Starts it; every request will carry this token. */
  public static Chromium start(String token) throws IOException {
    Path profile = Scratch.folder("chromium");
    Process process =
        new ProcessBuilder(
                "chromium",
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + profile,
                "--remote-debugging-port=0",
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(profile.resolve("output.txt").toFile())
            .start();
    Path port = profile.resolve("DevToolsActivePort");
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> Files.exists(port) && Files.readAllLines(port).size() > 1);
    List<String> lines = Files.readAllLines(port);
    Wire wire = new Wire();
    WebSocket socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(URI.create("ws://127.0.0.1:" + lines.get(0) + lines.get(1)), wire)
            .join();
    Chromium chromium = new Chromium(process, profile, socket, wire);
    String target =
        chromium.call("Target.getTargets", Map.of()).findValuesAsText("targetId").getFirst();
    for (JsonNode each : chromium.call("Target.getTargets", Map.of()).path("targetInfos")) {
      if (each.path("type").asText().equals("page")) {
        target = each.path("targetId").asText();
      }
    }
    chromium.wire.session =
        chromium
            .call("Target.attachToTarget", Map.of("targetId", target, "flatten", true))
            .path("sessionId")
            .asText();
    for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
      chromium.call(domain + ".enable", Map.of());
    }
    chromium.call(
        "Network.setExtraHTTPHeaders",
        Map.of("headers", Map.of("Authorization", "Bearer " + token)));
    return chromium;
  }

  /** Loads an address and lets it settle. */
  public Page open(URI address) {
    wire.complaints.clear();
    wire.loaded = false;
    call("Page.navigate", Map.of("url", address.toString()));
    Awaitility.await().atMost(PATIENCE).until(() -> wire.loaded);
    // Pages that build themselves have said all they have to say once they stop growing.
    int[] seen = {-1};
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(300))
        .until(() -> {
          int length = evaluate("document.body ? document.body.innerText : ''").length();
          boolean settled = length == seen[0];
          seen[0] = length;
          return settled;
        });
    return new Page(
        evaluate("document.title"),
        evaluate("document.body ? document.body.innerText : ''"),
        List.copyOf(wire.complaints));
  }

  private String evaluate(String script) {
    return call("Runtime.evaluate", Map.of("expression", script))
        .path("result")
        .path("value")
        .asText();
  }

  private JsonNode call(String method, Map<String, ?> parameters) {
    int id = wire.next.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    wire.waiting.put(id, answer);
    ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
    message.set("params", JSON.valueToTree(parameters));
    if (wire.session != null) {
      message.put("sessionId", wire.session);
    }
    socket.sendText(message.toString(), true).join();
    JsonNode result = answer.orTimeout(30, TimeUnit.SECONDS).join();
    if (result.has("error")) {
      throw new AssertionError(method + ": " + result.path("error"));
    }
    return result.path("result");
  }

  @Override
  public void close() {
    socket.abort();
    List<ProcessHandle> children = new ArrayList<>(process.descendants().toList());
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    process.onExit().join();
    children.forEach(child -> child.onExit().join());
    Scratch.delete(profile);
  }

  /** What comes from the browser: answers to calls, and events. */
  private static final class Wire implements WebSocket.Listener {

    private final AtomicInteger next = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final StringBuilder partial = new StringBuilder();
    private volatile boolean loaded;
    private volatile @Nullable String session;

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      partial.append(data);
      if (last) {
        try {
          take(JSON.readTree(partial.toString()));
        } catch (IOException e) {
          complaints.add("unreadable: " + e.getMessage());
        }
        partial.setLength(0);
      }
      from.request(1);
      return null;
    }

    private void take(JsonNode message) {
      if (message.has("id")) {
        CompletableFuture<JsonNode> answer = waiting.remove(message.path("id").asInt());
        if (answer != null) {
          answer.complete(message);
        }
        return;
      }
      JsonNode parameters = message.path("params");
      switch (message.path("method").asText()) {
        case "Page.loadEventFired" -> loaded = true;
        case "Runtime.exceptionThrown" -> complaints.add(parameters.toString());
        case "Runtime.consoleAPICalled" -> {
          if (List.of("error", "assert").contains(parameters.path("type").asText())) {
            complaints.add(parameters.path("args").toString());
          }
        }
        case "Log.entryAdded" -> {
          JsonNode entry = parameters.path("entry");
          // That an address answered 404 is what was wanted, and no complaint of a page.
          boolean status = entry.path("source").asText().equals("network");
          if (!status && entry.path("level").asText().equals("error")) {
            complaints.add(entry.path("source").asText() + ": " + entry.path("text").asText());
          }
        }
        default -> {
          // Everything else that a browser tells.
        }
      }
    }
  }
}
