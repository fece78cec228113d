import PlanCompiler
import PlanText
import Redaction
import Reports
import TestSupport
import Testing

@Suite("Secrets in a plan")
struct SecretTests {
  /// Everything that a reading of `plan` prints, as text and as JSON.
  private func printed(_ plan: String) -> (text: String, json: String, hasErrors: Bool) {
    var sources = SourceMap(hiding: hiddenText(in:))
    let source = SourceText(name: "plan.yaml", text: plan)
    let found = checkPlans(source, id: sources.add(source)).diagnostics
    return (
      DiagnosticText(sources).render(found),
      String(decoding: diagnosticJSON(found, sources: sources), as: UTF8.self), found.hasErrors
    )
  }

  private func plan(api: String, certificate: String = "") -> String {
    """
    apiVersion: waltz/v1
    kind: RotationPlan
    metadata: { name: test }
    certificates:
      c:
        pem: { certificate: c.pem, key: c.key }
        \(certificate)
    sites:
      paris:
        api: \(api)
        servers:
          s: { address: s.example.net, certificate: c }
    """
  }

  @Test(
    "A secret that is written into a plan is never shown, not even around the mistake",
    arguments: [
      "password: hunter2", "password: 'hunter2'", "password: [hunter2, hunter2]",
      "password: { value: hunter2 }", "password: |\n        hunter2",
      "{ url: 'https://h:8446', username: u, password: hunter2, bogus: 1 }",
      "pasword: hunter2", "passwort: hunter2", "pass: hunter2", "secret: hunter2",
      "token: hunter2", "Password: hunter2", "user_passwd: \"hunter2\"",
      "password: { env: P, literal: hunter2 }", "password: { hunter2 }", "password: {\n hunter2 }",
      "password:\n        value: hunter2", "password:\n        - hunter2", "password:\n  hunter2",
      "password: &shared hunter2", "password: *hunter2", "password: !!str hunter2",
      "password:hunter2", "password: hunter2: x", "password hunter2", "password = hunter2",
      "password: \"hunter2", "password: \"\\x68unter2\"", "password: 'hunter2",
      "password: @hunter2",
      "password: %hunter2", "password: `hunter2`", "password: {env: P, hunter2",
      "\"password\": [hunter2",
      "password: hunter2\n      password: hunter2", "password: >-\n        hunter2\n   bad",
      "password:\thunter2", "password: hunter2\n     wrong: 1", "password: #hunter2",
      "? password\n      : hunter2", "secret: { file: s.txt, inline: 'hunter2' }",
      "{ username: u password: hunter2 }", "[ password: hunter2 ",
      "password: { env: P password: hunter2 }",
      "password: { env: P hunter2 }", "password: { command: hunter2 }",
      "password: { file: s, hunter2: 1 }",
      "{ username: u, password: hunter2", "\"pass\\x77ord\": hunter2",
      "\"\\u0070assword\" : 'hunter2'", "{ \"pass\\x77ord\": hunter2, x: 1 }",
      "? \"pass\\x77ord\"\n      : hunter2", "\"p\\x61sswort\":\n        hunter2",
      "password: { command: [echo, hunter2], x: 1 }",
      "password: { command: [echo, 'a b', \"hunter2\"], x: 1 }",
      "password:\n        command: [echo, hunter2]\n        x: 1",
      "password:\n        command:\n          - echo\n          - hunter2\n        x: 1",
      "password:\n        command:\n        - echo\n        - hunter2\n        x: 1",
      "pin: hunter2", "key: |\n        -----BEGIN PRIVATE KEY-----\n        hunter2",
      "key: '-----BEGIN PRIVATE KEY----- hunter2'",
      "password: { command: [echo, \"a\" hunter2] }", "password: { command: [echo, 'a'hunter2] }",
      "password: { command: [echo, hunter2: x] }", "password: { command: [echo, { hunter2: 1 }] }",
      "password: { command: [echo, hunter2 x: y: z] }", "password: { command: [echo, *hunter2] }",
      "password: { command: [echo, !hunter2 x] }", "password: { command: [echo, @hunter2] }",
      "password: { command: [echo, &hunter2 x, &hunter2 y], x: 1 }",
      "password: { command: [echo, hunter2} ]", "password: { command: [echo, hunter2",
      "password: { command: [echo, [hunter2]] }", "password: { command: [echo hunter2, a: b] }",
      "password: { command: [echo hunter2], x: 1 }", "password: { command: [echo, x] hunter2 }",
      "password: { command: [echo, x] }hunter2", "password: { command: [echo, x] } hunter2",
      "password: { command: [echo, x, \"\\q hunter2\"] }",
      "password:\n        command: [echo, \"a\" hunter2]",
      "password:\n        command:\n          - echo\n          - hunter2: x",
      "password:\n        command:\n          - echo\n          - \"a\" hunter2",
    ])
  func neverShown(text: String) {
    let api =
      text.hasPrefix("{") || text.hasPrefix("[")
      ? text : "\n      url: https://h:8446\n      username: u\n      \(text)"
    let (shown, json, hasErrors) = printed(plan(api: api))
    #expect(hasErrors, "\(text)")
    #expect(!shown.contains("hunter2"), "\(shown)")
    #expect(!json.contains("hunter2"), "\(json)")
  }

  @Test(
    "Nor are the credentials in a URL",
    arguments: [
      "http://u:urlpassword9@sepm:8446", "'https://u:urlpassword9@sepm:8446/x?y'",
      "https://urlpassword9@sepm", "https://u:url password9@sepm", "[https://u:urlpassword9@sepm]",
    ])
  func credentials(url: String) {
    let (shown, json, hasErrors) = printed(
      plan(api: "{ url: \(url), username: u, password: { env: P } }"))
    #expect(hasErrors)
    for text in [shown, json] {
      #expect(!text.contains("urlpassword9") && !text.contains("password9@"), "\(text)")
    }
    #expect(shown.contains("//***@sepm"), "\(shown)")
  }

  @Test("A mistake on another line may quote a name that a command's argument has too")
  func otherLines() {
    let text = printed(
      plan(
        api: "\n      url: https://h:8446\n      username: u\n      password: "
          + "{ command: [vault, read, certificates] }\n      certificates: paris")
    ).text
    #expect(text.contains("'certificates'"), "\(text)")
  }

  @Test("A mistake keeps its words and its reference where nothing is secret")
  func shown() {
    let missing = printed(plan(api: "{ url: https://h, username: u, pasword: { env: PARIS } }"))
      .text
    #expect(missing.contains("pasword: { env: PARIS }"), "\(missing)")
    let space = printed(
      plan(api: "\n      url: https://h:8446\n      username: u\n      password:SuperSecret123")
    ).text
    #expect(space.contains("Write `password: ***`."), "\(space)")
    #expect(!space.contains("SuperSecret123"), "\(space)")
    let spelt = printed(plan(api: "{ url: https://h, username: u, pasword: x1 }")).text
    #expect(spelt.contains("'pasword'") && spelt.contains("'password'"), "\(spelt)")
    #expect(spelt.contains("pasword: *** }"), "\(spelt)")
  }

  @Test("No surroundings, however broken, make a secret show", arguments: 0..<800 as Range<UInt64>)
  func property(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let marker = "Zq7xKw9vJt4"
    let key = Self.keys.randomElement(using: &random) ?? ""
    let value = (Self.values.randomElement(using: &random) ?? "").replacing("#", with: marker)
    var text = plan(
      api: "\n      url: https://h:8446\n      username: u\n      \(key)\(value)\n      bogus: 1",
      certificate: random.chance(50) ? "\(key)\(value)" : "")
    for _ in 0..<random.below(4) {
      let piece = Self.pieces.randomElement(using: &random) ?? ""
      var bytes = Array(text.utf8)
      // Nothing is changed in the key and its value: what breaks stands around them.
      let secret = Array("\(key)\(value)".utf8)
      let at = random.below(bytes.count)
      let isInside = bytes.indices.contains { start in
        start < at && at < start + secret.count && bytes[start...].starts(with: secret)
      }
      if isInside { continue }
      bytes.insert(contentsOf: Array(piece.utf8), at: at)
      text = String(decoding: bytes, as: UTF8.self)
    }
    let (shown, json, _) = printed(text)
    #expect(!shown.contains(marker), "seed \(seed)\n\(text)\n\(shown)")
    #expect(!json.contains(marker), "seed \(seed)\n\(text)\n\(json)")
  }

  private static let keys = [
    "password:", "password: ", "pasword: ", "\"password\": ", "'passwort': ", "secret: ", "token: ",
    "- password: ", "\"pass\\x77ord\": ", "{ \"\\x70assword\": ",
    "{ password: ", "{ env: P, password: ", "password = ", "pass: ", "pwd: ",
    "password : ", "password:  ", "password ", "Passphrase: ", "keyPassword: ", "passord: ",
    "{ username: u, api_token: ",
  ]

  private static let values = [
    "#", "'#'", "\"#\"", "'#", "\"#", "[#, #]", "{ value: # }", "{ # }", "{ env: P, literal: # }",
    "|\n        #", "\n        #", "\n        value: #", "\n        - #", "# }", "#, x: 1 }",
    "#: #",
    "a #", "#,#", "&a #", "*#", "!#", "@#", "%#", "# # #", "#\n        #", "- #", "? #", "(#)",
    "x#\\\"", "\"\\t#\"", "'it''s #'", "\t#", "https://#@h", ">#", "|#", "ä#", "#}", "#]", "{#",
  ]

  private static let pieces = [
    "\n", " ", "  ", "\t", ":", ": ", "{", "}", "[", "]", "'", "\"", "- ", "#", " #", ",", "&",
    "*a",
    "!", "|", ">", "%", "@", "`", "?", "\n---\n", "\u{0}", "\u{FEFF}", "ä", "\r", "x: ",
    "\n  x: 1\n",
  ]
}
