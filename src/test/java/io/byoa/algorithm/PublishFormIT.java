package io.byoa.algorithm;

import static io.byoa.testing.Code.ALGORITHMS;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;

import io.byoa.access.Bearer;
import io.byoa.testing.Code;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Versions from a form, with or without a descriptor. */
@QuarkusTest
final class PublishFormIT {

  @Test
  void takesADescriptorBesideTheArchiveAndWritesItIntoTheCode() {
    Code code = Code.of("formed", "1.0.0").with("name", "null").with("version", "null");
    Bearer.admin()
        .multiPart("archive", "code.zip", Code.zip(code.filesWithoutDescriptor()))
        .multiPart("descriptor", code.descriptor())
        .multiPart("name", "formed")
        .multiPart("version", "1.0.0")
        .post("/api/v1/algorithms")
        .then()
        .statusCode(201);
  }

  @Test
  void aFormMakesADescriptorWithoutAnyJson() {
    Bearer.admin()
        .multiPart(
            "archive",
            "code.zip",
            Code.zip(Map.of("train.py", "print(1)\n", "requirements.txt", "", "lib/x.py", "")))
        .multiPart("name", "form-guessed")
        .multiPart("version", "1.0.0")
        .post("/api/v1/algorithms")
        .then()
        .statusCode(201)
        .body("runtime", equalTo("python 3.11"))
        .body(
            "notices",
            hasItems(
                containsString("'train.py' is started"),
                containsString("'python'"),
                containsString("'requirements.txt'"),
                containsString("3.11")));
    Bearer.admin()
        .get(ALGORITHMS + "form-guessed/versions/1.0.0/descriptor")
        .then()
        .body("entryPoint", equalTo("train.py"))
        .body("runtime.dependencies", equalTo("requirements.txt"));
  }

  @Test
  void aFormsOwnWordsCountMoreThanGuesses() {
    Bearer.admin()
        .multiPart(
            "archive",
            "code.zip",
            Code.zip(Map.of("train.py", "", "other.py", "", "needs.txt", "")))
        .multiPart("name", "form-said")
        .multiPart("version", "1.0.0")
        .multiPart("description", "Said.")
        .multiPart("language", "python")
        .multiPart("languageVersion", "3.12")
        .multiPart("entryPoint", "other.py")
        .multiPart("dependencies", "needs.txt")
        .multiPart("arguments", "script-mode")
        .post("/api/v1/algorithms")
        .then()
        .statusCode(201)
        .body("runtime", equalTo("python 3.12"))
        .body("notices", empty());
    Bearer.admin()
        .get(ALGORITHMS + "form-said/versions/1.0.0/descriptor")
        .then()
        .body("entryPoint", equalTo("other.py"))
        .body("arguments", equalTo("script-mode"))
        .body("runtime.dependencies", equalTo("needs.txt"));
  }

  @Test
  void aFormThatLeavesDoubtIsAskedForMore() {
    Bearer.admin()
        .multiPart("archive", "code.zip", Code.zip(Map.of("a.py", "", "b.py", "")))
        .multiPart("name", "form-doubtful")
        .post("/api/v1/algorithms")
        .then()
        .statusCode(422)
        .body("errors.pointer", hasItems("/version", "/runtime", "/entryPoint"));
    Code code = Code.of("form-agreeing", "1.0.0");
    Bearer.admin()
        .multiPart("archive", "code.zip", code.zip())
        .multiPart("language", "python")
        .post("/api/v1/algorithms")
        .then()
        .statusCode(422)
        .body("errors.pointer", hasItems("/runtime/language"));
  }

  @Test
  void namesTheLimitOfAFormsPart() {
    Bearer.admin()
        .multiPart("archive", "code.zip", Code.zip(Map.of("train.py", "")))
        .multiPart("descriptor", " ".repeat(300_000))
        .post("/api/v1/algorithms")
        .then()
        .statusCode(413)
        .body("code", equalTo("form-part-too-large"))
        .body("detail", containsString("262,144"));
    Bearer.admin()
        .multiPart("archive", "code.zip", Code.zip(Map.of("train.py", "")))
        .multiPart("description", "a\u0000b")
        .post("/api/v1/algorithms")
        .then()
        .statusCode(422)
        .body("errors.pointer", hasItems("/description"));
  }

  @Test
  void whatAFormSaysIsStoredWithTheCode() {
    Code code = Code.of("form-stored", "1.0.0").with("description", "null");
    Bearer.admin()
        .multiPart("archive", "code.tar.gz", Code.tarGz(code.filesWithoutDescriptor(), 0))
        .multiPart("descriptor", code.descriptor())
        .multiPart("description", "From the form.")
        .post("/api/v1/algorithms")
        .then()
        .statusCode(201)
        .body("description", equalTo("From the form."));
    Bearer.admin()
        .get(code.path() + "/files/algorithm.json")
        .then()
        .statusCode(200)
        .body("description", equalTo("From the form."))
        .body("name", equalTo("form-stored"));
  }

  @Test
  void refusesAFormThatContradictsTheArchiveOrSaysWhatNobodyKnows() {
    Code code = Code.of("contradicted", "1.0.0");
    Bearer.admin()
        .multiPart("archive", "code.zip", code.zip())
        .multiPart("version", "2.0.0")
        .post("/api/v1/algorithms")
        .then()
        .statusCode(422)
        .body("errors.pointer", hasItems("/version"));
    Bearer.admin()
        .multiPart("archive", "code.zip", code.zip())
        .multiPart("vesion", "1.0.0")
        .post("/api/v1/algorithms")
        .then()
        .statusCode(422)
        .body("code", equalTo("body-invalid"))
        .body("errors[0].pointer", equalTo("/vesion"))
        .body("errors[0].detail", containsString("did you mean 'version'?"));
    Bearer.admin()
        .multiPart("descriptor", code.descriptor())
        .post("/api/v1/algorithms")
        .then()
        .statusCode(422)
        .body("code", equalTo("archive-missing"));
    Bearer.admin().get(ALGORITHMS + "contradicted").then().statusCode(404);
  }
}
