import Testing

@testable import Dashboard

@Suite("Who may come in")
struct DoorTests {
  private static let door = Door(
    hosts: ["127.0.0.1", "localhost", "[::1]"], entry: .token("t0ken", name: "anna (uid 1000)"),
    key: "key")

  private static func visit(_ change: (inout Visit) -> Void = { _ in }) -> Visit {
    var visit = Visit()
    visit.host = "127.0.0.1:4711"
    visit.session = door.session(of: "anna (uid 1000)")
    change(&visit)
    return visit
  }

  @Test("Who has the cookie is known by the name in it")
  func cookie() {
    #expect(Self.door.verdict(on: Self.visit()) == .admitted("anna (uid 1000)"))
  }

  @Test("A cookie of another name, another key or no key is none")
  func forgedCookie() {
    let other = Door(hosts: ["localhost"], entry: .token("t", name: "eve"), key: "other")
    let parts = Self.door.session(of: "anna (uid 1000)").split(separator: "~")
    for cookie in [
      other.session(of: "anna (uid 1000)"), "", "~", "616e6e61", "616e6e61~",
      "657665~\(parts[1])", "\(parts[0])~\(parts[1].dropLast())0", "\(parts[0])~\(parts[1])~",
      "t0ken",
    ] {
      #expect(
        Self.door.verdict(on: Self.visit { $0.session = cookie }) == .refused(.unknown), "\(cookie)"
      )
    }
  }

  @Test("The printed token gives the cookie, and only where nothing is changed")
  func token() {
    let first = Self.visit {
      $0.session = nil
      $0.token = "t0ken"
    }
    #expect(
      Self.door.verdict(on: first)
        == .welcomed(session: Self.door.session(of: "anna (uid 1000)")))
    for wrong in ["", "t0ke", "t0kens", "T0KEN"] {
      let visit = Self.visit {
        $0.session = nil
        $0.token = wrong
      }
      #expect(Self.door.verdict(on: visit) == .refused(.unknown))
    }
    let write = Self.visit {
      $0.session = nil
      $0.token = "t0ken"
      $0.method = "POST"
    }
    #expect(Self.door.verdict(on: write) == .refused(.unknown))
  }

  @Test(
    "A name that points here is not one of ours, whatever else is right",
    arguments: [
      "evil.example", "evil.example:4711", "127.0.0.1.evil.example", "127.0.0.1.evil.example:4711",
      "localhost.evil.example", "xlocalhost", "localhost:4711:evil", "127.0.0.1@evil.example", "",
      "[::1].evil.example", "127.0.0.1:47x",
    ])
  func rebinding(_ host: String) {
    #expect(Self.door.verdict(on: Self.visit { $0.host = host }) == .refused(.misdirected))
  }

  @Test(
    "Our own names are ours with any port",
    arguments: ["127.0.0.1", "LOCALHOST:80", "[::1]:4711", "[::1]"])
  func ownNames(_ host: String) {
    #expect(Self.door.verdict(on: Self.visit { $0.host = host }) == .admitted("anna (uid 1000)"))
  }

  @Test("Without a name nobody is let in")
  func noHost() {
    #expect(Self.door.verdict(on: Self.visit { $0.host = nil }) == .refused(.misdirected))
  }

  @Test("What a page of another site sends is refused, also with the cookie")
  func crossSite() {
    for site in ["cross-site", "same-site"] {
      for (method, mode) in [("GET", "cors"), ("GET", "no-cors"), ("POST", "navigate")] {
        let visit = Self.visit {
          $0.method = method
          $0.fetchSite = site
          $0.fetchMode = mode
        }
        #expect(Self.door.verdict(on: visit) == .refused(.crossSite), "\(site) \(method) \(mode)")
      }
    }
    for origin in ["https://evil.example", "null", "http://127.0.0.1.evil.example", "file://"] {
      let visit = Self.visit {
        $0.method = "POST"
        $0.origin = origin
      }
      #expect(Self.door.verdict(on: visit) == .refused(.crossSite), "\(origin)")
    }
    let own = Self.visit {
      $0.method = "POST"
      $0.origin = "http://127.0.0.1:4711"
      $0.fetchSite = "same-origin"
    }
    #expect(Self.door.verdict(on: own) == .admitted("anna (uid 1000)"))
  }

  @Test("A link in a mail leads to its page: it is asked for once more from here, with the cookie")
  func link() {
    let visit = Self.visit {
      $0.session = nil
      $0.fetchSite = "cross-site"
      $0.fetchMode = "navigate"
    }
    #expect(Self.door.verdict(on: visit) == .again)
  }

  @Test("Behind a proxy its word counts, and nothing else")
  func proxy() {
    let door = Door(hosts: ["waltz.example"], entry: .proxy(header: "X-User"), key: "key")
    var visit = Visit()
    visit.host = "waltz.example"
    visit.session = door.session(of: "eve")
    visit.token = "t0ken"
    #expect(door.verdict(on: visit) == .refused(.unknown))
    visit.user = "berta"
    #expect(door.verdict(on: visit) == .admitted("berta"))
  }

  @Test("A password gives the cookie of its name, until the name is taken from the file")
  func users() throws {
    let line = try UserFile.line(
      for: "berta", password: Array("correct horse".utf8), salt: Array(repeating: 7, count: 16))
    let users = try UserFile("# people\n\n\(line)\n")
    let door = Door(hosts: ["localhost"], entry: .users(users), key: "key")
    var visit = Visit()
    visit.host = "localhost"
    visit.login = ("berta", Array("correct horse".utf8))
    #expect(door.verdict(on: visit) == .welcomed(session: door.session(of: "berta")))
    for (name, password) in [("berta", "correct Horse"), ("anna", "correct horse"), ("", "")] {
      visit.login = (name, Array(password.utf8))
      #expect(door.verdict(on: visit) == .refused(.unknown), "\(name)")
    }
    visit.login = nil
    visit.session = door.session(of: "berta")
    #expect(door.verdict(on: visit) == .admitted("berta"))
    let later = Door(hosts: ["localhost"], entry: .users(try UserFile("")), key: "key")
    #expect(later.verdict(on: visit) == .refused(.unknown))
  }

  @Test(
    "A line that is none is named",
    arguments: [
      "berta", "berta:secret", "a b:pbkdf2-sha256:1:00:00", "a:md5:1:00:\(zeros)",
      "a:pbkdf2-sha256:0:00:\(zeros)", "a:pbkdf2-sha256:1::\(zeros)",
      "a:pbkdf2-sha256:1:0:\(zeros)", "a:pbkdf2-sha256:1:+1:\(zeros)",
      "a:pbkdf2-sha256:1:00:00", "a:pbkdf2-sha256:1:00:\(zeros)\na:pbkdf2-sha256:1:00:\(zeros)",
    ])
  func badLines(_ text: String) {
    let last = text.split(separator: "\n").count + 1
    #expect(throws: UserFile.Mistake(line: last)) { _ = try UserFile("# first\n" + text) }
  }

  private static let zeros = String(repeating: "0", count: 64)
}

@Suite("What a form sends")
struct FormFieldTests {
  @Test("Names and values are read as a browser writes them, the first of a name counts")
  func fields() {
    let fields = FormFields("step=a%2Fb&note=done+by+%C3%A4rger%21&note=no&empty=&alone&%3D=%26")
    #expect(fields["step"] == "a/b" && fields["note"] == "done by ärger!")
    #expect(fields["empty"] == "" && fields["alone"] == "" && fields["="] == "&")
    #expect(fields["more"] == nil)
  }

  @Test(
    "What is no sequence stays, and no bytes make it trap",
    arguments: ["%", "%4", "%zz", "%+1", "%-1", "%%41", "a%00b", "%ff%fe", "&&==&"])
  func damaged(_ text: String) {
    _ = FormFields(text)
    #expect(!"%+1%-1".removingPercentEncoded.isEmpty)
    #expect("%zz".removingPercentEncoded == "%zz" && "%%41".removingPercentEncoded == "%A")
  }
}
