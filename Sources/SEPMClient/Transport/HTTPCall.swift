import PlanModel

/// One call of the API: what is asked, and what the answer may mean.
struct HTTPCall: Sendable {
  enum Method: String, Sendable {
    case get = "GET"
    case post = "POST"
    case patch = "PATCH"
  }

  /// What the path names, so what it means if that is not there.
  enum Subject: Sendable, Equatable {
    /// A resource that a version of SEPM has or has not.
    case resource

    /// Something with an id: it may be gone.
    case object
  }

  /// What the call is for, after "Cannot": `read the groups`.
  let task: String
  let method: Method
  let path: String
  var query: [Query] = []

  /// JSON. It may hold a secret, so no description shows it.
  var body: [UInt8]?
  var subject = Subject.resource

  /// Whether the call needs a token.
  var isAuthorized = true

  /// Whether the call asks for a token: what is refused then is the account.
  var isLogOn = false

  /// Whether the call may be made once more where nobody knows whether it arrived.
  var isRepeatable: Bool

  init(_ task: String, _ method: Method = .get, _ path: String) {
    self.task = task
    self.method = method
    self.path = path
    isRepeatable = method == .get
  }
}

extension HTTPCall: CustomStringConvertible, CustomReflectable {
  /// The call without its body.
  var description: String { "\(method.rawValue) \(path)" }

  /// Shows nothing but method and path.
  var customMirror: Mirror { Mirror(self, children: ["method": method, "path": path]) }
}

/// What a server answered.
struct HTTPAnswer: Sendable, Equatable {
  let status: Int

  /// How long the server asks to wait.
  var retryAfter: Duration?

  /// Without its parameters, in lower case.
  var contentType = ""
  var body: [UInt8] = []

  /// When the call was sent and when the answer was there, by the local clock in milliseconds since 1970.
  var sent: Int64 = 0
  var received: Int64 = 0
}

extension HTTPAnswer: CustomStringConvertible, CustomReflectable {
  /// The status; the body may hold a token.
  var description: String { String(status) }

  /// Shows nothing but the status.
  var customMirror: Mirror { Mirror(self, children: ["status": status]) }
}

/// Why there is no answer.
enum TransportFailure: Error, Equatable {
  case unknownHost
  case refused

  /// No connection; the system's words.
  case unreachable(String)

  /// No connection in time.
  case noConnection

  case wrongCertificate(Fingerprint?)

  /// Something listens that does not speak TLS, or none that can be understood; its words.
  case noTLS(String)

  /// The connection was there and was lost before the whole answer was.
  case lost

  /// The connection was there and the whole answer was not, in time.
  case timedOut

  /// The answer is larger than it may be.
  case tooLarge

  /// What came is no answer of HTTP.
  case notHTTP

  case cancelled

  /// Whether the server cannot have taken the call, since there was no connection to take it from.
  var isBeforeTheCall: Bool {
    switch self {
    case .unknownHost, .refused, .unreachable, .noConnection, .wrongCertificate, .noTLS: true
    case .lost, .timedOut, .tooLarge, .notHTTP, .cancelled: false
    }
  }
}
