package io.byoa.bundle;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.byoa.common.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One tree, archived by the tools that people have, is one bundle. */
final class SameTreeTest {

  @TempDir Path folder;
  private Path tree;
  private Sha256 expected;

  @BeforeEach
  void plant() throws IOException {
    tree = Files.createDirectories(folder.resolve("project"));
    write("algorithm.json", "{\"name\": \"x\"}");
    write("train.py", "print('hello')\n".repeat(1000));
    write("bin/run", "#!/bin/sh\nexec true\n");
    write("data/größe.csv", "a,b\n1,2\n");
    write("a-b", "sorts before a/");
    write("a/b", "sorts behind a-b");
    write("deep/" + "folder-with-a-name/".repeat(8) + "file.txt", "far down");
    write("empty", "");
    Files.createDirectories(tree.resolve("out"));
    expected = publish("zip -qr $A .");
  }

  private void write(String path, String content) throws IOException {
    Path file = tree.resolve(path);
    Files.createDirectories(requireNonNull(file.getParent()));
    Files.writeString(file, content);
  }

  /** The digest of the archive {@code A} that the command makes in the tree. */
  private Sha256 publish(String command) throws IOException {
    Path archive = folder.resolve("archive");
    Files.deleteIfExists(archive);
    run(command, archive);
    Path made = Files.exists(archive) ? archive : folder.resolve("archive.zip");
    BundleInspector inspector =
        new BundleInspector(new TestBundleConfig(folder.resolve("uploads")), Clock.systemUTC());
    try (InputStream body = Files.newInputStream(made);
        Bundle bundle = inspector.inspect(body)) {
      return bundle.sha256();
    } finally {
      Files.delete(made);
    }
  }

  private void run(String command, Path archive) throws IOException {
    ProcessBuilder shell = new ProcessBuilder("sh", "-ec", command).directory(tree.toFile());
    shell.environment().put("A", archive.toString());
    shell.environment().put("LC_ALL", "C.UTF-8");
    Process process = shell.redirectErrorStream(true).start();
    String output =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    try {
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    if (process.exitValue() == 127) {
      abort("Not run, since this machine lacks the tool: " + output);
    }
    assertThat(process.exitValue()).as(output).isZero();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiterString = " :: ",
      quoteCharacter = '`',
      textBlock =
          """
          zip from outside, with the folder :: cd .. && zip -qr $A project
          zip without folders, fastest :: zip -qrD1 $A .
          zip, only stored :: zip -qr0 $A .
          zip through a pipe :: zip -qr - . > $A
          zip through a pipe that cannot seek :: zip -qr - . | cat > $A
          zip with a comment :: zip -qr $A . && echo hello | zip -qz $A
          zip in another order :: find . -type f | sort -r | zip -q -@ $A
          tar of here :: tar -czf $A .
          tar of the names :: tar -czf $A *
          tar from outside :: tar -czf $A -C .. project
          tar, GNU format :: tar --format=gnu -czf $A .
          tar, pax format with every time :: tar --format=pax --pax-option=exthdr.name=%d/%f -czf $A .
          tar, ustar format :: tar --format=ustar -czf $A .
          tar, reversed, other owner and times :: find . | sort -r | tar --no-recursion --owner=eve:666 --group=mice:667 --mtime=1999-01-01 -czf $A -T -
          tar, best compression, no name in gzip :: tar -cf - . | gzip -n9 > $A
          python zipfile :: python3 -m zipfile -c $A .
          python zipfile, streamed :: python3 -c 'import zipfile,sys,os; z=zipfile.ZipFile(sys.stdout.buffer,"w",8); [z.write(os.path.join(d,f)) for d,_,fs in os.walk(".") for f in fs]; z.close()' | cat > $A
          python make_archive :: python3 -c 'import shutil,os; shutil.make_archive(os.environ["A"],"zip",".")'
          python tarfile :: python3 -c 'import tarfile,os; t=tarfile.open(os.environ["A"],"w:gz"); t.add(".","proj"); t.close()'
          git archive, zip :: git init -q && git add -A && git -c user.name=a -c user.email=b@c commit -qm x && git archive --format=zip HEAD > $A
          git archive, tar :: git init -q && git add -A && git -c user.name=a -c user.email=b@c commit -qm x && git archive --format=tar.gz --prefix=p/ HEAD > $A
          jar without manifest :: jar --create --no-manifest --file $A .
          """)
  void isOneBundleFromEveryTool(String name, String command) throws IOException {
    assertThat(publish(command)).as(name).isEqualTo(expected);
  }

  @Test
  void isOneBundleWhateverTheModesAndTimesOfItsFiles() throws IOException {
    assertThat(
            publish(
                "chmod 600 train.py; chmod 777 data/*; touch -d 2001-01-01 train.py; tar -czf $A ."))
        .isEqualTo(expected);
  }

  @Test
  void isAnotherBundleWhenAByteDiffers() throws IOException {
    write("empty", "x");
    Files.setLastModifiedTime(tree.resolve("empty"), FileTime.from(Instant.EPOCH));
    assertThat(publish("tar -czf $A .")).isNotEqualTo(expected);
  }
}
