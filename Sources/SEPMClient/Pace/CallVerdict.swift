import PlanModel

/// What came of a try at a call, as far as it decides what is done next.
enum CallVerdict: Equatable {
  case done

  /// The server throttles; what it asks for, where it does.
  case throttled(Duration?)

  /// Not logged on, or not allowed: the server says 401 for both (`docs/SEPM.md`, "Errors").
  case unauthorized(String?)

  /// The connection was lost after the call.
  case lost

  case failed(SEPMError.Kind)

  /// The verdict on an answer; `words` is what it says of an error.
  init(_ answer: HTTPAnswer, to call: HTTPCall, words: String?) {
    switch answer.status {
    case 207 where !call.isRepeatable:
      self = .failed(.outcomeUnknown("SEPM answers with a mixed result"))
    case 200..<300: self = .done
    case 300..<400: self = .failed(.redirected(answer.status))
    case 401: self = .unauthorized(words)
    case 403: self = .failed(.missingRights(words))
    case 404: self = .failed(call.subject == .resource ? .resourceAbsent : .notFound(words))
    case 410: self = .failed(.notFound(words))
    case 409: self = .failed(.conflict(words))
    case 429: self = .throttled(answer.retryAfter)
    case 500...:
      // What a write did before the trouble is not known.
      self = .failed(
        !call.isRepeatable
          ? .outcomeUnknown("SEPM answers \(answer.status)") : .server(answer.status, words))
    default: self = .failed(.rejected(answer.status, words))
    }
  }

  /// The verdict on a call that has no answer.
  init(_ failure: TransportFailure, of call: HTTPCall, trust: SEPMError.Trusted, limits: CallLimits)
  {
    guard failure.isBeforeTheCall || call.isRepeatable else {
      self = .failed(.outcomeUnknown(failure.loss(within: limits)))
      return
    }
    switch failure {
    case .unknownHost: self = .failed(.unknownHost)
    case .refused: self = .failed(.refused)
    case .unreachable(let words): self = .failed(.unreachable(words))
    case .noConnection: self = .failed(.timedOut(limits.connection))
    case .wrongCertificate(let seen):
      self = .failed(.wrongCertificate(seen: seen, trusted: trust))
    case .noTLS(let words): self = .failed(.noTLS(words))
    case .lost: self = .lost
    case .timedOut: self = .failed(.timedOut(limits.answer))
    case .tooLarge: self = .failed(.tooLarge(limit: limits.bytes))
    case .notHTTP: self = .failed(.malformed("it is not HTTP"))
    case .cancelled: self = .failed(.cancelled)
    }
  }
}

extension TransportFailure {
  /// Why nobody knows what became of a write.
  fileprivate func loss(within limits: CallLimits) -> String {
    switch self {
    case .timedOut: "there was no complete answer within \(limits.answer.planNotation)"
    case .tooLarge: "the answer is larger than \(limits.bytes >> 20) MiB"
    case .notHTTP: "the answer is not HTTP"
    case .cancelled: "the call was cancelled"
    default: "the connection was lost"
    }
  }
}
