import PlanText
import Redaction
import Reports
import Testing

@Suite("What of a plan is never shown") struct HiddenTextTests {
  /// Every line of a text as a diff shows it.
  private func shown(_ text: String) -> String {
    UnifiedDiff.text(
      from: SourceText(name: "plan.yaml", text: text + "\n"),
      to: SourceText(name: "plan.yaml", text: ""),
      hiding: hiddenText(in:))
  }

  @Test(
    "A secret shows under no spelling of its key",
    arguments: [
      "a: &k password\nb:\n  *k : hunter2", "a: &k password\nb: { *k : hunter2 }",
      "a: &k \"pass\\x77ord\"\nb:\n  *k : hunter2", "a: &k !!str password\n*k : hunter2",
      "a: &k |\n  password\nb:\n  *k : hunter2", "- *unknown : hunter2", "*k: hunter2\na: &k token",
      "? *k\n: hunter2\na: &k password", "? *k # c\n: hunter2", "? *k\n:\n  - hunter2",
      "? |\n  password\n: hunter2", "? >-\n  password\n: hunter2\n",
      "? |\n  password\n: |\n  hunter2",
      "a:\n  ? |\n    password\n  :\n    - hunter2\n  b: 1", "- ? |\n    password\n  : hunter2",
      "? &x password\n: hunter2", "? !!str password\n: hunter2", "? &x \"pass\\x77ord\"\n: hunter2",
      "? \"pass\\\n  word\"\n: hunter2", "? \"pass\\\nword\"\n: hunter2",
      "{ ? \"pass\\\nword\" : hunter2 }", "?\n  password\n: hunter2",
      "? # c\n  password\n: hunter2",
      "\"pass\\x77ord\": hunter2", "{ \"pass\\u0077ord\" : hunter2 }",
      "? \"pass\\x77ord\"\n: hunter2",
      "a: &p hunter2\npassword: *p", "a: [&q 1, &p hunter2]\npassword: *p",
      "a: &p\n  b: hunter2\npassword: *p", "a: &p |\n  hunter2\npassword: [*p]",
      "a: &p hunter2\nb: &q [*p]\npassword: *q", "a: { x: &p hunter2, y: 1 }\npassword: *p",
    ])
  func keys(text: String) {
    #expect(!shown(text).contains("hunter2"), "\(shown(text))")
  }

  @Test(
    "Credentials of an address show neither with nor without its scheme, nor does what follows a reference",
    arguments: [
      "url: https://one:hunter2@host:8446", "url: 'one:hunter2@host'", "url: one:hunter2@host",
      "{ url: one:hunter2@host, a: b }", "[one:hunter2@host]", "password: { env: P } hunter2",
      "a: { password: { env: P } hunter2 }",
    ])
  func credentials(text: String) {
    #expect(!shown(text).contains("hunter2"), "\(shown(text))")
    let harmless = "- one@host:8446\n- a: b@host\n- image@sha256:00\n"
    #expect(!shown(harmless).contains("***"), "\(shown(harmless))")
  }

  @Test(
    "A secret that is commented out is one still",
    arguments: [
      "# password: hunter2", "#password: hunter2", "a: 1 # password: hunter2",
      "## password=hunter2", "# password:\n#   value: hunter2", "# password: |\n#   hunter2",
      "#password:\n#  - hunter2\na: 1", "  # password: \"x\n  #   hunter2\"",
      "# \"pass\\x77ord\": hunter2", "# password: { value: x,\n#   y: hunter2 }",
      "password: x # old: hunter2", "password: { env: P } # old: hunter2",
      "{ password: { env: P } } # was = hunter2", "password:\n  env: P # old: hunter2",
      "# ? |\n#   password\n# : hunter2", "a: 1  # password:\n       #   hunter2",
    ])
  func comments(text: String) {
    #expect(!shown(text).contains("hunter2"), "\(shown(text))")
  }

  @Test(
    "So is an argument behind an option",
    arguments: [
      "command: [x, --password, hunter2]", "command: [x, \"--password\", 'hunter2', y]",
      "command:\n  - x\n  - --password\n  - hunter2", "command: [plink, -pw, hunter2, paris]",
    ])
  func options(text: String) {
    #expect(!shown(text).contains("hunter2"), "\(shown(text))")
  }

  @Test(
    "So is the value of a key that is in no form but means a secret",
    arguments: ["pin", "PIN", "passphrase", "keyPassphrase", "token", "api-token", "secret", "psk"])
  func names(key: String) {
    for text in ["\(key): hunter2", "a: { \(key): hunter2, b: 1 }", "\(key):\n  value: hunter2"] {
      #expect(!shown(text).contains("hunter2"), "\(shown(text))")
    }
  }

  @Test(
    "A private key that was pasted is hidden wherever it stands",
    arguments: [
      "key: |\n  -----BEGIN PRIVATE KEY-----\n  MIIhunter2\n  hunter2==\n  -----END PRIVATE KEY-----\nb: 1",
      "key: \"-----BEGIN RSA PRIVATE KEY-----\\nMIIhunter2\\n-----END RSA PRIVATE KEY-----\"\nb: 1",
      "description: >\n  -----BEGIN EC PRIVATE KEY-----\n  Proc-Type: 4,ENCRYPTED\n\n  hunter2\nb: 1",
      "# -----BEGIN ENCRYPTED PRIVATE KEY-----\n# MIIhunter2/+\n# hunter2\nb: 1",
      "x: [-----BEGIN OPENSSH PRIVATE KEY-----, hunter2, '-----END OPENSSH PRIVATE KEY-----']\nb: 1",
      "-----BEGIN PRIVATE KEY-----\nhunter2\n-----END PRIVATE KEY-----\nb: 1",
      "- ---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\n- hunter2\nb: 1",
    ])
  func privateKeys(text: String) {
    let shown = shown(text)
    #expect(!shown.contains("hunter2"), "\(shown)")
    #expect(shown.contains("PRIVATE KEY") && shown.contains("-b: 1\n"), "\(shown)")
  }

  @Test(
    "What is none is shown as it is",
    arguments: [
      "# A secret is a reference.\n# It is never written here.\na: 1", "? site\n: paris",
      "a: &k site\n*k : paris", "? &x site\n: paris",
      "a: |\n  -----BEGIN CERTIFICATE-----\n  MIIparis\n  -----END CERTIFICATE-----\nb: 1",
      "---\na: 1\n# ---- BEGIN", "key: certs/paris.key", "pinned: paris", "a: &p paris\nb: *p",
      "password: { env: P } # of the vault",
      "b: { c: d } # e: f",
      "# sites:\n#   paris:\n#     clients: 5\npassword: { env: P }\n# a: 1", "a: [b, -c, d]",
    ])
  func visible(text: String) {
    let lines = shown(text).split(separator: "\n").dropFirst(3).map { String($0.dropFirst()) }
    #expect(lines.joined(separator: "\n") == text)
  }

  @Test("The value of a key that is an alias of nothing is hidden, since any may be meant")
  func unknownKeys() {
    #expect(shown("? *k\n: paris\na: &k site").contains("-: ***\n-a: &k site\n"))
  }

  @Test(
    "The word for a secret hides nothing in a sentence",
    arguments: [
      "a: 1 # password itself", "# the password itself\na: 1", "a: 1\n# token of the vault",
      "# --- secrets ---\na: 1", "a: the password itself",
    ])
  func words(text: String) {
    #expect(!shown(text).contains("***"), "\(shown(text))")
  }

  @Test("A line that could not be read is hidden whole where it might hold a secret")
  func unread() {
    let text = shown("a: 1\npassword: { env: P } hunter2\nb: [c\nd: 2")
    #expect(text.contains("-a: 1\n-***\n-b: [c\n-d: 2\n"), "\(text)")
  }

  @Test("A sentence that goes on in the next comment is shown") func sentences() {
    #expect(
      shown("# The password: ask Ada.\n# She knows.").contains(
        "-# The password: ***\n-# She knows.\n"))
  }

  @Test("A reference is shown where an alias leads to it") func references() {
    #expect(shown("a: &p { env: PARIS }\npassword: *p").contains("a: &p { env: PARIS }\n"))
  }
}
