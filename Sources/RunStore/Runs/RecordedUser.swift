#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Who is at work, as leases, requests and events name them.
///
/// What the system knows names somebody: the real user id, and who logged in. A variable of the process says what
/// whoever started it wants it to say, so it names nobody; what sudo puts there counts only where the process is the
/// superuser's, and is recorded as what sudo says.
package struct RecordedUser: Sendable, Hashable {
  /// A user id, and its name where the system has one.
  package struct Account: Sendable, Hashable {
    let id: UInt32
    let name: String?

    /// `anna (uid 1000)`, or `uid 1000`.
    var text: String { name.map { "\($0) (uid \(id))" } ?? "uid \(id)" }
  }

  /// The real user.
  let account: Account

  /// Who logged in, where that was somebody else; stays what it is through `su` and `sudo`.
  let login: Account?

  /// Whom sudo ran the command for, where that is neither of the two.
  let caller: Account?

  /// What is recorded: `anna (uid 1000)`, `root (uid 0), logged in as anna (uid 1000)`, or
  /// `root (uid 0), sudo says anna (uid 1000)`.
  package var text: String {
    account.text + (login.map { ", logged in as " + $0.text } ?? "")
      + (caller.map { ", sudo says " + $0.text } ?? "")
  }

  /// * `login`: The id that the system keeps of who logged in; nil where nobody did.
  /// * `variables`: Those of the process.
  /// * `name`: The name of an account in the system's database; nil where it has none.
  init(
    id: UInt32, login: UInt32?, variables: [String: String], name: (UInt32) -> String?
  ) {
    account = Account(id: id, name: name(id))
    self.login = login.flatMap { $0 == id ? nil : Account(id: $0, name: name($0)) }
    let caller = id == 0 ? Self.caller(in: variables) : nil
    self.caller = caller.flatMap { [id, login].contains($0.id) ? nil : $0 }
  }

  /// This process's. The variables are handed in since only the command line looks at the environment.
  package static func current(variables: [String: String]) -> RecordedUser {
    // What the kernel keeps from the login on is 4294967295 where there was none.
    let login = UInt32(ProcessIdentity.firstLine(of: "/proc/self/loginuid"))
    return RecordedUser(id: getuid(), login: login == .max ? nil : login, variables: variables) {
      id in
      getpwuid(id).map { String(cString: $0.pointee.pw_name) }.flatMap { $0.isEmpty ? nil : $0 }
    }
  }

  /// Whom sudo says it runs the command for. What cannot be an account's name is no name.
  private static func caller(in variables: [String: String]) -> Account? {
    guard let id = variables["SUDO_UID"].flatMap(UInt32.init) else { return nil }
    let name = variables["SUDO_USER"].flatMap { name -> String? in
      let isName = name.utf8.allSatisfy { (0x21...0x7E).contains($0) }
      return isName && (1...64).contains(name.utf8.count) ? name : nil
    }
    return Account(id: id, name: name)
  }
}
