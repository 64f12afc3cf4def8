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
import java.util.Map;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Publishing 200 MiB over HTTP, against a SHA-256 and a durable copy of the same bytes. */
final class PublishPart {

  private static final int FILES = 20;
  private static final int FILE = 10 << 20;

  private PublishPart() {}

  static void measure(Scale scale, Path folder) throws IOException, InterruptedException {
    Path data = folder.resolve("data");
    try (Server server = Server.byoa(data, Map.of());
        Client client = new Client(server, data)) {
      Path tree = folder.resolve("tree");
      double[] zip = new double[scale.rounds()];
      double[] tarGz = new double[scale.rounds()];
      for (int i = -1; i < scale.rounds(); i++) { // The first one warms up.
        double zipped = ratio(client, zip(tree, folder.resolve("code.zip"), i), "zip", i, folder);
        double tarred = ratio(client, tarGz(tree, folder.resolve("code.tar.gz")), "gzip", i, folder);
        if (i >= 0) {
          zip[i] = zipped;
          tarGz[i] = tarred;
        }
      }
      String figure = "publishing 200 MiB over HTTP ÷ SHA-256 and durable copy, ";
      Report.row(figure + "zip", "≥ 0.5", Report.spread(zip, "%.2f"), Report.median(zip) >= 0.5);
      Report.row(
          figure + "tar.gz", "≥ 0.5", Report.spread(tarGz, "%.2f"), Report.median(tarGz) >= 0.5);
    }
  }

  private static double ratio(Client client, Path archive, String format, int round, Path folder)
      throws IOException, InterruptedException {
    Path copy = folder.resolve("copy");
    long begun = System.nanoTime();
    digestAndCopy(archive, copy);
    long middle = System.nanoTime();
    String version = "1.%d.0".formatted(round + 1);
    client.put(
        "/api/v1/algorithms/large-" + format + "/versions/" + version,
        archive,
        "application/" + format);
    long end = System.nanoTime();
    Files.delete(copy);
    Files.delete(archive);
    return (double) (middle - begun) / (end - middle);
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
  private static Path zip(Path tree, Path archive, int round) throws IOException {
    Files.createDirectories(tree);
    Random random = new Random(round);
    byte[] bytes = new byte[FILE];
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(archive), 1 << 20);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.setLevel(Deflater.BEST_SPEED);
      add(zip, tree, "algorithm.json", descriptor().getBytes(StandardCharsets.UTF_8));
      add(zip, tree, "train.py", "print('trained')\n".getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < FILES; i++) {
        random.nextBytes(bytes);
        add(zip, tree, "weights-%02d.bin".formatted(i), bytes);
      }
    }
    return archive;
  }

  private static void add(ZipOutputStream zip, Path tree, String name, byte[] content)
      throws IOException {
    Files.write(tree.resolve(name), content);
    zip.putNextEntry(new ZipEntry(name));
    zip.write(content);
  }

  /** What the zip holds, as tar makes it. */
  private static Path tarGz(Path tree, Path archive) throws IOException, InterruptedException {
    Client.run("sh", "-c", "tar -C '" + tree + "' -c . | gzip -1 >'" + archive + "'");
    return archive;
  }

  private static String descriptor() {
    return """
        {"description": "Made by the benchmark.",
         "runtime": {"language": "python", "version": "3.11"}, "entryPoint": "train.py"}
        """;
  }
}
