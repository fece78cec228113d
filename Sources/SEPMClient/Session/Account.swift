package import PlanModel
package import Secrets

/// Who logs on. The password is not kept: it is asked for at each log-on, so that one that was changed is the new one.
package struct Account: Sendable {
  /// Reads the password; what it throws is told in the error of the log-on.
  package typealias ReadPassword = @Sendable () async throws(SecretTrouble) -> Secret

  /// A system administrator of SEPM.
  package let username: String

  /// The SEPM domain; nil for the default one.
  package let domain: String?

  let password: ReadPassword

  /// Told of each token that SEPM gives the account: it is a secret, too.
  let learn: @Sendable (Secret) -> Void

  /// An account; `password` reads its password, `learn` is told of each token.
  package init(
    username: String, domain: String? = nil, learn: @escaping @Sendable (Secret) -> Void = { _ in },
    password: @escaping ReadPassword
  ) {
    self.learn = learn
    self.username = username
    self.domain = domain
    self.password = password
  }
}

extension SecretTrouble {
  /// Why the password of an account cannot be read, as the end of a sentence.
  package var cause: String {
    switch self {
    case .notSet: "the variable is not set"
    case .file: "the file cannot be read"
    case .empty: "there is nothing in it"
    case .noProgram: "the program is not there"
    case .notStarted(let words): "the program could not be started: \(words)"
    case .failed(let status): "the program ended with status \(status)"
    case .killed(let signal): "signal \(signal) ended the program"
    case .tookTooLong(let time): "the program did not end within \(time.planNotation)"
    case .tooLong(let limit): "the program printed more than \(limit / 1_024) KiB"
    }
  }
}

extension HTTPCall {
  /// Logs on (`docs/SEPM.md`, "Logging on").
  static func authenticate(_ account: Account, password: Secret) -> HTTPCall {
    var call = HTTPCall("log on", .post, "/identity/authenticate")
    call.isAuthorized = false
    call.isLogOn = true
    // A token too many does no harm.
    call.isRepeatable = true
    var body = Array(#"{"username":"#.utf8)
    body.append(quoting: account.username.utf8)
    body += Array(#","password":"#.utf8)
    password.reveal { body.append(quoting: $0) }
    body += Array(#","domain":"#.utf8)
    body.append(quoting: (account.domain ?? "").utf8)
    body += Array("}".utf8)
    call.body = body
    return call
  }

  /// Logs off.
  static var logout: HTTPCall {
    var call = HTTPCall("log off", .post, "/identity/logout")
    call.isRepeatable = true
    return call
  }
}

extension [UInt8] {
  /// Appends a JSON string. A password goes through no `String` on its way, which would stay somewhere in memory.
  fileprivate mutating func append(quoting text: some Sequence<UInt8>) {
    let digits = Array("0123456789abcdef".utf8)
    append(UInt8(ascii: "\""))
    for byte in text {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): self += [UInt8(ascii: "\\"), byte]
      case 0..<0x20: self += Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      default: append(byte)
      }
    }
    append(UInt8(ascii: "\""))
  }
}
