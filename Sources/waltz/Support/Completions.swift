import ArgumentParser
import RunStore
import Runs

// What a shell completes that asks this program: names of the state directory that the words so far mean. Where there
// is none, or it cannot be read, nothing is offered, and nothing is said.

extension CompletionKind {
  /// The runs of the state directory.
  static var runs: CompletionKind {
    .custom { words, _, _ in names(words)?.runs() ?? [] }
  }

  /// Those of them that have not ended.
  static var openRuns: CompletionKind {
    .custom { words, _, _ in names(words)?.runs(canGoOn: true) ?? [] }
  }

  /// Steps of the run that stands among the words.
  static func steps(_ kind: StepNames.Kind) -> CompletionKind {
    .custom { words, _, _ in
      guard let names = names(words) else { return [] }
      let runs = names.runs()
      guard let run = words.first(where: { runs.contains($0) }) else { return [] }
      return names.steps(of: run, kind)
    }
  }

  /// A file with a plan, an overlay or a scenario.
  static var documents: CompletionKind { .file(extensions: ["yaml", "yml"]) }

  private static func names(_ words: [String]) -> StepNames? {
    var options = StateOptions()
    options.directory = nil
    for (index, word) in words.enumerated() {
      if word == "--state", index + 1 < words.count { options.directory = words[index + 1] }
      if word.hasPrefix("--state=") { options.directory = String(word.dropFirst(8)) }
    }
    return (try? options.file(.reading)).map { StepNames($0) }
  }
}
