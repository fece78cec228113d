import PlanText
import Secrets

/// The account that a token belongs to, and what it may do (`docs/SEPM.md`, "Logging on").
package struct Administrator: Sendable, Hashable {
  /// The name to log on with.
  package var username: String?

  /// The person's name.
  package var fullName: String?

  /// The domain that the account is logged on to.
  package var domain: String?

  /// The id of that domain.
  package var domainID: SEPMID?

  /// The role's title.
  package var role: String?

  /// The role as SEPM numbers it: 8 for a system administrator, 4 for a domain's, 2 for a limited one.
  package var roleMask: Int64?

  /// What the account may do besides, by SEPM's names: `siteRights`.
  package var rights: Set<String> = []

  /// Whether the account is a system administrator, which the API needs; nil where SEPM does not say.
  package var isSystemAdministrator: Bool? { roleMask.map { $0 & 8 != 0 } }
}

/// What SEPM says of an account and of its own clock.
package struct Logon: Sendable {
  /// The account.
  package let administrator: Administrator

  /// How far the server's clock is ahead; nil where the server does not say what time it is.
  package let skew: ClockSkew?
}

/// The answer to a log-on, and to the question who is logged on.
struct UserToken {
  var administrator = Administrator()
  var token: Secret?

  /// How long the token lives, in seconds.
  var lifetime: Int64?
  var serverTime: ServerTime?

  init(_ cursor: inout JSONCursor) throws(MalformedAnswer) {
    try cursor.members { cursor, name throws(MalformedAnswer) in
      switch name {
      case "token": token = try cursor.token()
      case "tokenExpiration": lifetime = try cursor.integer()
      case "serverTime": serverTime = try cursor.time()
      case "username": administrator.username = try cursor.text()
      // One name in the description, another in answers.
      case "fullname", "getfullName":
        administrator.fullName = try cursor.text() ?? administrator.fullName
      case "domain": administrator.domain = try cursor.text()
      case "domainid": administrator.domainID = try cursor.id()
      case "role": try readRole(&cursor)
      case "permissionSet": try readRights(&cursor)
      default: try cursor.skip()
      }
    }
  }

  private mutating func readRole(_ cursor: inout JSONCursor) throws(MalformedAnswer) {
    try cursor.members { cursor, name throws(MalformedAnswer) in
      switch name {
      case "title": administrator.role = try cursor.text()
      case "bitMask": administrator.roleMask = try cursor.integer()
      default: try cursor.skip()
      }
    }
  }

  private mutating func readRights(_ cursor: inout JSONCursor) throws(MalformedAnswer) {
    try cursor.members { cursor, name throws(MalformedAnswer) in
      switch cursor.next {
      case "t", "f":
        if try cursor.flag() == true {
          administrator.rights.insert(String(decoding: name.bytes, as: UTF8.self))
        }
      default: try cursor.skip()
      }
    }
  }
}

extension JSONCursor {
  /// A token: what may stand in a header. Its bytes go into no `String`.
  fileprivate mutating func token() throws(MalformedAnswer) -> Secret? {
    guard let bytes = try scalar() else { return nil }
    guard bytes.allSatisfy({ $0 > " " && $0 < 0x7F && $0 != "\\" }) else {
      throw failure("the token has characters that no token has")
    }
    return Secret(Array(bytes))
  }
}
