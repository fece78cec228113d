import PlanModel
import PlanText
import Redaction
import Reports
import Testing

/// The arguments of a plan are looked through as values, for M066 and the comparison of plans, and as text,
/// for all that shows a plan's lines.
@Suite("Secrets that a word before them announces") struct AnnouncedSecretTests {
  /// A secret is always `Hunter2`.
  private static let writtenOut = [
    ["curl", "-H", "Authorization: Bearer Hunter2"],
    ["curl", "-H", "authorization: bearer Hunter2", "https://sepm:8446"],
    ["curl", "-H", "Authorization:BEARER  Hunter2"], ["curl", "-H", "X-Api: Bearer Hunter2"],
    ["curl", "-H", "Authorization: Bearer\tHunter2"],
    ["curl", "-H", "Authorization: Basic Hunter2"],
    ["curl", "-H", "Proxy-Authorization: basic Hunter2="],
    ["curl", "--header=Authorization: Basic Hunter2"], ["tool", "Bearer Hunter2"],
    ["sh", "-c", "curl -H 'Authorization: Bearer Hunter2' https://sepm"],
    ["sh", "-c", "curl -H \"Authorization: Basic Hunter2\" https://sepm"],
    ["sh", "-c", "send it with bearer Hunter2"], ["sh", "-c", "send basic SGVsbG86Hunter2"],
    ["curl", "--oauth2-bearer", "Hunter2"],
    ["powershell", "ConvertTo-SecureString Hunter2 -AsPlainText"],
    ["powershell", "-Command", "convertto-securestring 'Hunter2' -force -asplaintext"],
    ["powershell", "-Command", "ConvertTo-SecureString -AsPlainText -Force -String \"Hunter2\""],
    ["powershell", "-Command", "$p = ConvertTo-SecureString Hunter2 -AsPlainText -Force"],
    ["powershell", "-Command", "'Hunter2' | ConvertTo-SecureString -AsPlainText -Force"],
    ["powershell", "-Command", "Set-Secret Hunter2 -AsPlainText"],
    ["powershell", "ConvertTo-SecureString", "Hunter2", "-Force"],
    ["curl", "-u", "admin:Hunter2", "https://sepm"], ["curl", "--user", "admin:Hunter2"],
    ["net", "use", "/p:Hunter2"], ["xfreerdp", "/u:admin", "/P:Hunter2"],
  ]

  private static let harmless = [
    ["curl", "-H", "Authorization: Bearer $TOKEN"],
    ["curl", "-H", "Authorization: Bearer {token}"],
    ["curl", "-H", "Authorization: Basic %BASIC%"], ["tool", "replaces the basic certificates"],
    ["tool", "Basic rotation of Paris"], ["tool", "the bearer of this change"], ["tool", "bearer"],
    ["visualbasic", "visualbasic 20260101"], ["ssh", "-p", "22", "sepm"], ["mkdir", "-p", "path"],
    ["sudo", "-u", "sepm", "restart"],
    ["ssh", "host", "docker", "run", "--user", "1000:1000"], ["tool", "-u", "https://sepm"],
    ["tool", "-u", "sepm:8446"], ["net", "/p:8443"], ["tool", "C:/p:/x"], ["tool", "-update:all"],
  ]

  /// What a diff shows of the arguments: as a list in brackets, in both kinds of quotes, and line by line.
  private func shown(_ arguments: [String]) -> [String] {
    let single = arguments.map { "'" + $0.replacing("'", with: "''") + "'" }
    let double = arguments.map {
      "\"" + $0.replacing("\"", with: "\\\"").replacing("\t", with: "\\t") + "\""
    }
    let texts = [single, double].flatMap { items in
      [
        "command: [\(items.joined(separator: ", "))]\n",
        "command: [x, \(items.joined(separator: ", "))\nbroken: [\n",
        "command:\n" + items.map { "  - \($0)\n" }.joined(),
        "# command: [\(items.joined(separator: ", "))]\n",
      ]
    }
    return texts.map {
      UnifiedDiff.text(
        from: SourceText(name: "plan.yaml", text: $0), to: SourceText(name: "plan.yaml", text: ""),
        hiding: hiddenText(in:))
    }
  }

  @Test("are hidden as an argument and as text", arguments: writtenOut)
  func secrets(arguments: [String]) {
    let masked = maskingSecrets(in: arguments)
    #expect(!masked.joined(separator: " ").contains("Hunter2"), "\(masked)")
    for text in shown(arguments) { #expect(!text.contains("Hunter2"), "\(text)") }
  }

  @Test("are not seen in sensible commands", arguments: harmless)
  func sensible(arguments: [String]) {
    #expect(secretPositions(in: arguments) == [])
    for text in shown(arguments) {
      #expect(!text.contains("***"), "\(text)")
    }
  }

  @Test("are none where an account is a user and a group, which only the text does not know")
  func groups() {
    #expect(secretPositions(in: ["docker", "run", "-u", "www:data", "image"]) == [])
    #expect(secretPositions(in: ["ssh", "host", "podman", "run", "--user", "www:data"]) == [])
  }

  @Test(
    "are hidden where the text is no list of arguments",
    arguments: [
      "- |\n  curl -H 'Authorization: Bearer Hunter2' \\\n  -k", "- Authorization: Bearer Hunter2",
      "- \"Authorization: Bearer\n    Hunter2\"", "- >-\n  Authorization: Basic\n  Hunter2",
      "- \"Authorization: Bearer a\\\n    Hunter2\"", "a: \"Authorization: Bearer\\x20Hunter2\"",
      "- curl -H 'Authorization: Bearer '\"Hunter2\"", "[curl, \"Bearer Hunter2]",
      "- curl --oauth2-bearer Hunter2", "- $p = ConvertTo-SecureString Hunter2 `\n   -AsPlainText",
      "# it's the bearer Hunter2", "{ a: [don't, 'Bearer Hunter2'] }",
    ])
  func texts(text: String) {
    let shown = UnifiedDiff.text(
      from: SourceText(name: "plan.yaml", text: text + "\n"),
      to: SourceText(name: "plan.yaml", text: ""),
      hiding: hiddenText(in:))
    #expect(!shown.contains("Hunter2"), "\(shown)")
  }

  @Test("end where their item does") func items() {
    let text = "command: [curl, -H, 'Authorization: Bearer Hunter2', 'https://sepm']\n"
    let shown = UnifiedDiff.text(
      from: SourceText(name: "plan.yaml", text: text), to: SourceText(name: "plan.yaml", text: ""),
      hiding: hiddenText(in:))
    #expect(
      shown.contains("-command: [curl, -H, 'Authorization: Bearer ***', 'https://sepm']"),
      "\(shown)")
  }

  @Test("In the command of a password reference what follows -p is one, unless it is a number")
  func passwordCommands() {
    func masked(_ arguments: [String]) -> [String] {
      maskingSecrets(in: arguments, isForPassword: true)
    }
    #expect(masked(["vault", "login", "-p", "Hunter2"]) == ["vault", "login", "-p", "***"])
    #expect(masked(["vault", "-p=Hunter2", "-uada:Hunter2"]) == ["vault", "***", "***"])
    for shown in [["ssh", "-p", "22", "vault"], ["vault", "-p", "$PIN"], ["vault", "-p", "-x"]] {
      #expect(masked(shown) == shown)
    }
  }
}
