package io.byoa.access;

import io.byoa.testing.Code;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;

/**
 * One real thing for every path parameter that a route has, so that a request which is wrong in one
 * of them is right in all others.
 *
 * @param name of the algorithm and the dataset
 */
record Planted(String name, String job, String token) {

  /** Publishes, uploads, launches and creates. */
  static Planted plant(String name) {
    Code code =
        Code.of(name, "1.0.0").program("echo model > /opt/ml/model/model.txt\n").published();
    Bearer.admin()
        .contentType("application/json")
        .body("{\"version\": \"1.0.0\"}")
        .put(Code.ALGORITHMS + name + "/aliases/champion")
        .then()
        .statusCode(201);
    Bearer.admin()
        .contentType("text/csv")
        .body("1,2\n" + name)
        .post("/api/v1/datasets?name=" + name)
        .then()
        .statusCode(201);
    String job =
        Bearer.admin()
            .contentType("application/json")
            .body("{}")
            .post(code.path() + "/jobs")
            .then()
            .statusCode(202)
            .extract()
            .path("id");
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() ->
            Bearer.admin().get("/api/v1/jobs/" + job).<String>path("status").equals("Completed"));
    String token =
        Bearer.admin()
            .contentType("application/json")
            .body(Map.of("name", name, "role", "viewer"))
            .post("/api/v1/tokens")
            .then()
            .statusCode(201)
            .extract()
            .path("id");
    return new Planted(name, job, token);
  }

  /** What stands for each parameter of this route. */
  Map<String, String> parameters(Routes.Route route) {
    boolean dataset = route.path().contains("/datasets/");
    Map<String, String> parameters = new TreeMap<>();
    parameters.put("algorithm", name);
    parameters.put("name", name);
    parameters.put("version", dataset ? "latest" : "1.0.0");
    parameters.put("alias", "champion");
    parameters.put("job", job);
    parameters.put("token", token);
    parameters.put("language", "python");
    parameters.put(
        "path",
        dataset ? "data.csv" : route.path().contains("/jobs/") ? "model.tar.gz" : "train.sh");
    return parameters;
  }
}
