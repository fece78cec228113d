import CanonicalJSON
import PlanModel
import PlanText
import RotationEngine

/// What the end of a program means for its step (`docs/COMMANDS.md`, "Exit status").
struct CommandVerdict {
  /// The exit status by which a command asks to be run again later: that of `sysexits.h` for it.
  static let tryAgainLater = 75

  /// The invocation that came to this.
  let invocation: ProgramInvocation

  /// What came of it.
  let report: ProgramReport

  /// What is hidden of what it printed.
  let redaction: OutputRedaction

  /// Whether the step may be begun again by itself: a check tells before that whether it was done, or it may be done twice.
  let isRepeatable: Bool

  /// What a command's end says of an attempt.
  var answer: StepAnswer {
    let name = "`\(invocation.program)`"
    func failure(
      _ kind: StepFailure.Kind, _ message: String, help: String? = Self.lookHelp,
      isRetryable: Bool = false, isPassing: Bool = false
    ) -> StepAnswer {
      .failed(
        StepFailure(
          kind, message, help: help, isRetryable: isRetryable, isPassing: isPassing,
          evidence: evidence))
    }
    switch report.end {
    case .exited(0): return .succeeded(evidence)
    case .exited(Self.tryAgainLater):
      return failure(
        .failed, "\(name) asks to be run again later (exit status 75)\(lastWords).", help: nil,
        isRetryable: true)
    case .exited(let status):
      let message = "\(name) ended with exit status \(status)\(lastWords)."
      switch sshTrouble {
      case .notReached:
        return failure(
          .failed, message + " Nothing was done.", help: isRepeatable ? nil : Self.lookHelp,
          isPassing: isRepeatable)
      case .lost where isRepeatable: return failure(.failed, message, help: nil, isPassing: true)
      case .lost, nil: return failure(.failed, message)
      }
    case .signalled(let signal):
      return failure(.failed, "\(name) was ended by signal \(signal)\(lastWords).")
    case .timedOut(let limit):
      return failure(
        .timedOut,
        "\(name) did not end within \(limit.planNotation) and was killed, with everything that it "
          + "had started\(lastWords).",
        isRetryable: true)
    case .cancelled:
      return .failed(StepFailure(.cancelled, "\(name) was ended because the run is being stopped."))
    case .notStarted(let trouble):
      return .failed(StepFailure(.failed, "\(trouble) Nothing was done.", help: Self.programHelp))
    case .lost(let words):
      return failure(
        .failed, "Waltz lost sight of \(name) while it ran: \(words).", isRetryable: true)
    }
  }

  /// What a check's end says of the step's effect.
  var finding: Finding {
    let name = "`\(invocation.program)`"
    switch report.end {
    case .exited(0): return .done(evidence)
    case .exited(1): return .notDone("The check \(name) says that it is not done\(lastWords).")
    case .exited(let status) where sshTrouble != nil:
      return .inconclusive(
        "The check \(name) got no answer: it ended with exit status \(status)\(lastWords).")
    case .exited(let status):
      return .unknown(
        "The check \(name) cannot tell: it ended with exit status \(status)\(lastWords).")
    case .signalled(let signal):
      return .unknown("The check \(name) was ended by signal \(signal)\(lastWords).")
    case .timedOut(let limit):
      return .unknown(
        "The check \(name) did not end within \(limit.planNotation) and was killed\(lastWords).")
    case .notStarted(let trouble): return .unknown("The check cannot run. \(trouble)")
    case .cancelled:
      return .inconclusive("The check \(name) was ended because the run is being stopped.")
    case .lost(let words): return .unknown("Waltz lost sight of the check \(name): \(words).")
    }
  }

  static let programHelp =
    "Install the program on this machine or correct the command, then retry the step."

  private static let lookHelp =
    "Look on the server whether it was done, and mend what the program complains about. Then retry "
    + "the step."

  /// Why there is nothing to go by, as a clause.
  var trouble: String {
    guard case .failed(let failure) = answer else { return "it ended well" }
    return failure.message.hasSuffix(".") ? String(failure.message.dropLast()) : failure.message
  }

  // MARK: - What is shown

  /// What the program said of itself.
  var reported: ReportedEvidence { ReportedEvidence(report.output, hiding: redaction) }

  /// What the program reported and printed, as evidence of its step.
  var evidence: Evidence {
    var members: [JSONValue.Member] = []
    if case .exited(let status) = report.end, status != 0 {
      members.append(.init("exitStatus", .integer(Int64(status))))
    }
    members += reported.members
    let attachment = Attachment(transcript)
    members.append(
      .init(
        "output",
        .object(
          (attachment.reference.object ?? []) + [
            .init("bytes", .integer(Int64(report.output.total + report.errors.total))),
            .init("bytesLeftOut", .integer(Int64(report.output.leftOut + report.errors.leftOut))),
          ])))
    return Evidence(members, attachments: [attachment])
  }

  /// What ended ssh before the program on the other machine could; nil where it did not.
  private var sshTrouble: SSHTrouble? {
    guard case .exited(SSHTrouble.status) = report.end else { return nil }
    return lastLine(of: report.errors).flatMap { SSHTrouble(lastLine: $0) }
  }

  /// The program's last words in a message: the last line of standard error, else of standard output.
  private var lastWords: String {
    let line = lastLine(of: report.errors) ?? lastLine(of: report.output)
    guard var text = line?.prefix(200) else { return "" }
    while let last = text.last, " \t.".contains(last) { text.removeLast() }
    return text.isEmpty ? "" : ": \(text)"
  }

  /// The last line of a stream with anything in it, without secrets and without the blanks before it.
  private func lastLine(of stream: CapturedOutput) -> Substring? {
    let bytes = stream.tail.isEmpty ? stream.head[...] : stream.tail
    let visible = redaction.visible(bytes, beginsCut: !stream.tail.isEmpty && stream.leftOut > 0)
    let lines = visible.split(whereSeparator: \.isBreak)
    guard let line = lines.last(where: { $0.contains { $0 > 0x20 } }) else { return nil }
    return String(decoding: line, as: UTF8.self).drop { $0 == " " || $0 == "\t" }
  }

  /// What ran and all that it printed, as far as it is kept, for a person to read.
  private var transcript: [UInt8] {
    let words = [invocation.program] + invocation.arguments
    let masked = maskingSecrets(in: words).map { shellWord(redaction.text($0)) }
    var text = Array("$ \(masked.joined(separator: " "))\n".utf8)
    append(report.output, named: "standard output", to: &text)
    append(report.errors, named: "standard error", to: &text)
    return text
  }

  private func append(_ stream: CapturedOutput, named name: String, to text: inout [UInt8]) {
    text += "\n--- \(name), \(stream.total) bytes\n".utf8
    let isCut = stream.leftOut > 0
    // In one piece where it is one, so that what lies across its middle is found.
    let whole = isCut ? stream.head[...] : (stream.head + stream.tail)[...]
    text += redaction.visible(whole, endsCut: isCut)
    if isCut {
      text += "\n[\(stream.leftOut) bytes are left out here]\n".utf8
      text += redaction.visible(stream.tail, beginsCut: true)
    }
    if text.last != "\n" { text.append(UInt8(ascii: "\n")) }
  }
}
