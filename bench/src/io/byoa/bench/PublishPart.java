package io.byoa.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Publishing 200 MiB over HTTP, against the least that a server can do with the same upload: a
 * bare endpoint that takes its SHA-256 and keeps a durable copy. For comparison also against the
 * same two steps without any HTTP, on a file.
 */
final class PublishPart {

  private static final int FILES = 20;
  private static final int FILE = 10 << 20;

  private PublishPart() {}

  /** Seconds that one upload took, in three ways. */
  private record Times(double published, double bare, double local) {}

  static void measure(Scale scale, Path folder) throws IOException, InterruptedException {
    Path data = folder.resolve("data");
    try (Server server = Server.byoa(data, Map.of());
        Server bare = Server.bare(Database.of(data), folder.resolve("bare"));
        Client client = new Client(server, data)) {
      Times[] zip = new Times[scale.rounds()];
      Times[] tarGz = new Times[scale.rounds()];
      for (int i = -2; i < scale.rounds(); i++) { // The first ones warm up.
        Path tree = Files.createDirectory(folder.resolve("tree"));
        Times zipped = times(client, bare, zip(tree, i), "large-zip", i);
        Times tarred = times(client, bare, tarGz(tree), "large-tar", i);
        Bench.delete(tree);
        if (i >= 0) {
          zip[i] = zipped;
          tarGz[i] = tarred;
        }
      }
      report("zip", zip);
      report("tar.gz", tarGz);
    }
  }

  private static void report(String format, Times[] times) {
    double[] ratios = Arrays.stream(times).mapToDouble(t -> t.bare / t.published).toArray();
    double[] local = Arrays.stream(times).mapToDouble(t -> t.local / t.published).toArray();
    double[] seconds = Arrays.stream(times).mapToDouble(Times::published).toArray();
    Report.row(
        "publishing a %s of 200 MiB ÷ bare upload, SHA-256 and durable copy".formatted(format),
        "≥ 0.5",
        "%s; publishing %s; ÷ the same steps without HTTP: %s"
            .formatted(
                Report.spread(ratios, "%.2f"),
                Report.spread(seconds, "%.2f s"),
                Report.spread(local, "%.2f")),
        Report.median(ratios) >= 0.5);
  }

  private static Times times(Client client, Server bare, Path archive, String name, int round)
      throws IOException, InterruptedException {
    String type = archive.toString().endsWith(".zip") ? "application/zip" : "application/gzip";
    Path copy = archive.resolveSibling("copy");
    double local = seconds(() -> digestAndCopy(archive, copy));
    Files.delete(copy);
    double uploaded = seconds(() -> client.upload(bare, "/copies", archive, type, 200));
    String path = "/api/v1/algorithms/" + name + "/versions/" + version(round);
    double published = seconds(() -> client.put(path, archive, type));
    Files.delete(archive);
    return new Times(published, uploaded, local);
  }

  private interface Step {
    void run() throws IOException, InterruptedException;
  }

  private static double seconds(Step step) throws IOException, InterruptedException {
    long begun = System.nanoTime();
    step.run();
    return (System.nanoTime() - begun) / 1e9;
  }

  private static String version(int round) {
    return "1.%d.0".formatted(round + 2);
  }

  private static void digestAndCopy(Path archive, Path copy) throws IOException {
    try (InputStream in =
        new DigestInputStream(Files.newInputStream(archive), MessageDigest.getInstance("SHA-256"))) {
      byte[] buffer = new byte[1 << 16];
      while (in.read(buffer) >= 0) {
        // The digest reads along.
      }
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    Files.copy(archive, copy);
    try (FileChannel channel = FileChannel.open(copy, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /** Weights, as they come: bytes that do not compress. The same numbers are never sent twice. */
  private static Path zip(Path tree, int round) throws IOException {
    Path archive = tree.resolveSibling("code.zip");
    Random random = new Random(round);
    byte[] bytes = new byte[FILE];
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(archive), 1 << 20);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.setLevel(Deflater.BEST_SPEED);
      add(zip, tree, "train.py", "print('trained')\n".getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < FILES; i++) {
        random.nextBytes(bytes);
        add(zip, tree, "weights-%02d.bin".formatted(i), bytes);
      }
      add(zip, tree, "algorithm.json", descriptor("large-zip", round));
    }
    Files.write(tree.resolve("algorithm.json"), descriptor("large-tar", round));
    return archive;
  }

  private static void add(ZipOutputStream zip, Path tree, String name, byte[] content)
      throws IOException {
    Files.write(tree.resolve(name), content);
    zip.putNextEntry(new ZipEntry(name));
    zip.write(content);
  }

  /** What the zip holds, as tar makes it. */
  private static Path tarGz(Path tree) throws IOException, InterruptedException {
    Path archive = tree.resolveSibling("code.tar.gz");
    Client.run("sh", "-c", "tar -C '" + tree + "' -c . | gzip -1 >'" + archive + "'");
    return archive;
  }

  private static byte[] descriptor(String name, int round) {
    return """
        {"name": "%s", "version": "%s", "description": "Made by the benchmark.",
         "runtime": {"language": "python", "version": "3.11"}, "entryPoint": "train.py"}
        """
        .formatted(name, version(round))
        .getBytes(StandardCharsets.UTF_8);
  }
}
