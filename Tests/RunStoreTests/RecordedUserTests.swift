import Testing

@testable import RunStore

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite("Who did it")
struct RecordedUserTests {
  private static let names: [UInt32: String] = [0: "root", 1000: "anna", 1001: "bob"]

  private func text(
    _ id: UInt32, login: UInt32? = nil, _ variables: [String: String] = [:]
  ) -> String {
    RecordedUser(id: id, login: login, variables: variables) { Self.names[$0] }.text
  }

  @Test("The account of the real user id, with its number; a variable names nobody")
  func account() {
    #expect(text(1000) == "anna (uid 1000)")
    #expect(text(4711) == "uid 4711")
    let claims = [
      "USER": "ciso", "LOGNAME": "ciso", "SUDO_USER": "ciso", "SUDO_UID": "7", "USERNAME": "ciso",
    ]
    #expect(text(1000, login: 1000, claims) == "anna (uid 1000)")
    #expect(text(0, ["USER": "ciso", "LOGNAME": "ciso", "SUDO_USER": "ciso"]) == "root (uid 0)")
  }

  @Test("Who logged in is named where that was another account")
  func login() {
    #expect(text(0, login: 1000) == "root (uid 0), logged in as anna (uid 1000)")
    #expect(text(1001, login: 1000) == "bob (uid 1001), logged in as anna (uid 1000)")
    #expect(text(1000, login: 1000) == "anna (uid 1000)")
    #expect(text(1000, login: 4711) == "anna (uid 1000), logged in as uid 4711")
  }

  @Test("What sudo says is recorded as that, for the superuser alone")
  func sudo() {
    let anna = ["SUDO_USER": "anna", "SUDO_UID": "1000"]
    #expect(text(0, anna) == "root (uid 0), sudo says anna (uid 1000)")
    #expect(text(0, login: 1000, anna) == "root (uid 0), logged in as anna (uid 1000)")
    #expect(
      text(0, login: 1001, anna)
        == "root (uid 0), logged in as bob (uid 1001), sudo says anna (uid 1000)")
    #expect(text(1001, anna) == "bob (uid 1001)")
    #expect(text(0, ["SUDO_USER": "root", "SUDO_UID": "0"]) == "root (uid 0)")
  }

  @Test("No text of a variable can pass for more than a name")
  func forgery() {
    for name in [
      "anna\nroot", "a b", "\u{1B}[8m", "", "anna\u{202E}", String(repeating: "x", count: 65),
    ] {
      #expect(
        text(0, ["SUDO_USER": name, "SUDO_UID": "1000"]) == "root (uid 0), sudo says uid 1000")
    }
    for id in ["", "-1", "4294967296", "1000 ", "x"] {
      #expect(text(0, ["SUDO_USER": "anna", "SUDO_UID": id]) == "root (uid 0)")
    }
  }

  @Test("This process is that of its real user")
  func current() {
    let text = RecordedUser.current(variables: ["USER": "ciso", "LOGNAME": "ciso"]).text
    #expect(text.contains("uid \(getuid())") && !text.contains("ciso"))
  }
}
