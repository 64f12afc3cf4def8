package io.byoa.store.file;

import io.byoa.store.DiskFolder;
import io.byoa.store.ListedObject;
import io.byoa.store.ObjectKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The objects below a folder, read one folder at a time; what is deleted meanwhile is left out.
 *
 * @param objects the folder that keys are relative to
 */
record FileListing(Path objects, DiskFolder disk) {

  Stream<ListedObject> below(Path folder) {
    List<Path> entries;
    try (Stream<Path> found = Files.list(folder)) {
      entries = found.toList();
    } catch (NoSuchFileException | NotDirectoryException e) {
      return Stream.empty(); // Deleted meanwhile, or a key of which the prefix names a folder.
    } catch (IOException e) {
      throw disk.failed(e);
    }
    return entries.stream()
        .flatMap(entry -> Files.isDirectory(entry) ? below(entry) : listed(entry).stream());
  }

  private Optional<ListedObject> listed(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      ObjectKey key = new ObjectKey(objects.relativize(file).toString());
      return Optional.of(
          new ListedObject(key, attributes.size(), attributes.lastModifiedTime().toInstant()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw disk.failed(e);
    }
  }
}
