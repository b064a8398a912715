package io.ghostworks.saas.api.artifacts;

import io.ghostworks.saas.api.access.Caller;
import io.ghostworks.saas.api.problem.ApiProblem;
import io.ghostworks.saas.api.problem.Inputs;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Artifacts over HTTP. */
@RestController
final class ArtifactController {
  private static final long SIZE_BYTES_MAX = 1L << 30;

  private final Artifacts artifacts;

  ArtifactController(Artifacts artifacts) {
    this.artifacts = artifacts;
  }

  record NewArtifact(@Nullable String name, long sizeBytes, @Nullable List<String> tags) {}

  record Share(@Nullable String with) {}

  @PostMapping("/api/artifacts")
  @ResponseStatus(HttpStatus.CREATED)
  Artifacts.Artifact create(Caller caller, @RequestBody NewArtifact artifact) {
    if (artifact.sizeBytes() < 0 || artifact.sizeBytes() > SIZE_BYTES_MAX) {
      throw ApiProblem.invalid(
          "sizeBytes must be between 0 and " + SIZE_BYTES_MAX + ", got " + artifact.sizeBytes());
    }
    return artifacts.create(
        caller,
        Inputs.text("name", artifact.name(), 200),
        artifact.sizeBytes(),
        Inputs.tags(artifact.tags()));
  }

  @GetMapping("/api/artifacts")
  List<Artifacts.Artifact> search(
      Caller caller,
      @RequestParam(defaultValue = "") String q,
      @RequestParam(defaultValue = "") String tag) {
    return artifacts.search(caller, Inputs.bounded("q", q, 200), Inputs.bounded("tag", tag, 50));
  }

  @GetMapping("/api/artifacts/{artifactId}")
  Artifacts.Artifact view(Caller caller, @PathVariable String artifactId) {
    return artifacts.view(caller, artifactId);
  }

  @PostMapping("/api/artifacts/{artifactId}/shares")
  @ResponseStatus(HttpStatus.CREATED)
  void share(Caller caller, @PathVariable String artifactId, @RequestBody Share share) {
    artifacts.share(caller, artifactId, Inputs.email("with", share.with()));
  }

  @DeleteMapping("/api/artifacts/{artifactId}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(Caller caller, @PathVariable String artifactId) {
    artifacts.delete(caller, artifactId);
  }
}
