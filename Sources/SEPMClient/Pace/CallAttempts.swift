/// The tries at one call, and what follows from each verdict.
struct CallAttempts {
  /// What is done next.
  enum Next: Equatable {
    case done

    /// Once more, after a time; all requests to the server wait with it where `holdsAll`.
    case again(after: Duration, holdsAll: Bool)

    /// Once more, with a new token.
    case logOn

    case fail(SEPMError.Kind)
  }

  private let call: HTTPCall
  private let patience: Duration
  private var waited = Duration.zero
  private var throttles = 0
  private var wasLost = false
  private var wasInTrouble = false
  private var hasNewToken = false

  /// No try yet; `patience` is how long throttles may delay the call, all in all.
  init(_ call: HTTPCall, patience: Duration) {
    self.call = call
    self.patience = patience
  }

  /// The token for the next try was made for it: a 401 is no matter of tokens any more.
  mutating func loggedOn() { hasNewToken = true }

  /// What follows from the verdict on the last try.
  mutating func next(after verdict: CallVerdict) -> Next {
    switch verdict {
    case .done: return .done
    case .failed(.server) where call.isRepeatable && !wasInTrouble:
      wasInTrouble = true
      return .again(after: .milliseconds(250), holdsAll: false)
    case .failed(let kind): return .fail(kind)
    case .throttled(let asked):
      // Without a time: 2, 4, 8, … seconds, at most a minute.
      let time = max(asked ?? .seconds(min(2 << min(throttles, 5), 60)), .seconds(1))
      guard waited + time <= patience else { return .fail(.throttled(retryAfter: asked)) }
      throttles += 1
      waited += time
      return .again(after: time, holdsAll: true)
    case .unauthorized(let words):
      // A version is told to everybody: a server that refuses it says nothing of an account.
      guard call.isAuthorized else {
        return .fail(call.isLogOn ? .badCredentials : .rejected(401, words))
      }
      return hasNewToken ? .fail(.missingRights(words)) : .logOn
    case .lost:
      guard call.isRepeatable, !wasLost else {
        return .fail(.unreachable("the connection was lost, twice"))
      }
      wasLost = true
      return .again(after: .zero, holdsAll: false)
    }
  }
}
