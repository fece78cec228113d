import Foundation
import TestSupport
import Testing
import WorkingTree

@Suite("A folder that paths start in")
struct WorkingFolderTests {
  private let folder: TestFolder
  private let working: WorkingFolder

  init() throws {
    folder = try TestFolder()
    working = WorkingFolder(at: try #require(FolderPath(real: folder.path)))
  }

  @Test("A relative path is one of this folder, wherever the process stands")
  func relative() throws {
    _ = try folder.write("text", as: "file")
    #expect(try working.read("file", limit: 10) == Array("text".utf8))
    #expect(working.exists("./file") && !working.exists("other") && working.isFolder("."))
    #expect(!working.isFolder("") && !working.exists(""))
    #expect(working.names(in: "") == ["file"])
    #expect(working.absolute("../x").text == FolderPath(spelled: folder.path + "/../x").text)
    #expect(working.resolved("file").hasSuffix("/file") && working.resolved("none") == "none")
    try working.write(Array("new".utf8), to: "made")
    try working.append(Array("er".utf8), to: "made")
    #expect(try folder.text(of: "made") == "newer")
  }

  @Test("A file over the limit is told from one of just that size")
  func limit() throws {
    _ = try folder.write("12345", as: "file")
    #expect(try working.read("file", limit: 5).count == 5)
    #expect(try working.read("file", limit: 4).count == 5)
  }

  @Test("What cannot be read or written is named, with the reason")
  func trouble() throws {
    let missing = #expect(throws: WorkspaceError.self) { try working.read("none", limit: 1) }
    #expect(
      missing == WorkspaceError(.environment, "`none` cannot be read: No such file or directory."))
    let listed = #expect(throws: WorkspaceError.self) { try working.read(".", limit: 1) }
    #expect(listed == WorkspaceError(.environment, ". is a folder, not a file."))
    let written = #expect(throws: WorkspaceError.self) { try working.write([1], to: "no/file") }
    #expect(
      written
        == WorkspaceError(.environment, "`no/file` cannot be written: No such file or directory."))
    let named = #expect(throws: WorkspaceError.self) { try working.read("b\u{FFFD}d", limit: 1) }
    #expect(
      named
        == WorkspaceError(
          .environment, "`b\u{FFFD}d` cannot be read: its name is not UTF-8. Rename it."))
  }

  @Test(
    "What is written beside a file goes through no link that lies there, and nothing of it stays")
  func drafts() async throws {
    let outside = try TestFolder()
    _ = try outside.write("precious", as: "victim")
    _ = try folder.write("untidy", as: "p.yaml")
    _ = try await folder.shell(
      """
      chmod 640 p.yaml
      for name in p.yaml.new p.yaml.tmp p.yaml~ .p.yaml; do ln -s '\(outside.path)/victim' $name; done
      """)
    let before = working.names(in: ".")
    try working.write(Array("tidy".utf8), to: "p.yaml")
    #expect(try folder.text(of: "p.yaml") == "tidy")
    #expect(try outside.text(of: "victim") == "precious")
    #expect(working.names(in: ".") == before)
    let mode =
      try FileManager.default.attributesOfItem(atPath: folder.path + "/p.yaml")[
        .posixPermissions] as? Int
    #expect(mode == 0o640)
  }

  @Test("No output goes through a link out of the repository, or to where nothing is")
  func outputs() async throws {
    let outside = try TestFolder()
    _ = try outside.write("precious", as: "victim")
    _ = try await folder.shell(
      """
      mkdir .git; touch .git/config; echo old > inner; ln -s inner link
      ln -s '\(outside.path)/victim' out; ln -s '\(outside.path)/new' dangling
      ln -s '\(outside.path)' folder; ln -s .git/config git
      """)
    for path in ["out", "dangling", "folder/new", "git"] {
      for open in [
        { try working.checkOutputs([path]) }, { try working.write([1], to: path) },
        { try working.append([1], to: path) },
      ] {
        let refusal = #expect(throws: WorkspaceError.self, performing: open)
        #expect(refusal?.kind == .arguments && refusal?.message.hasPrefix(path) == true)
      }
    }
    for path in ["out", "folder/victim", "git"] {
      let refusal = #expect(throws: WorkspaceError.self) { try working.read(path, limit: 10) }
      #expect(refusal?.kind == .arguments && refusal?.message.hasPrefix(path) == true)
    }
    #expect(try outside.text(of: "victim") == "precious" && !outside.holds("new"))
    // A link within the repository, a new file, and what the shell has opened.
    try working.checkOutputs(["link", "new", "/dev/stdout", "-"])
    try working.write(Array("new".utf8), to: "link")
    #expect(try folder.text(of: "inner") == "new" && working.isLink("link"))
    var admitting = working
    admitting.admitted = [outside.path]
    try admitting.checkOutputs(["out", "folder/new"])
  }

  @Test("Two texts do not share a file, and none takes the place of what is read")
  func apart() async throws {
    _ = try await folder.shell(
      "touch plan.yaml; ln -s plan.yaml link; mkdir deep; ln -s .. deep/up")
    for (outputs, inputs, words) in [
      (["plan.yaml"], ["plan.yaml"], "is one of the files that are read"),
      (["deep/up/link"], ["./plan.yaml"], "is one of the files that are read"),
      ([folder.path + "/plan.yaml"], ["link"], "is one of the files that are read"),
      (["out", "deep/up/out"], [], "deep/up/out would be written twice"),
    ] as [([String], [String], String)] {
      let refusal = #expect(throws: WorkspaceError.self) {
        try working.checkApart(outputs, from: inputs)
      }
      #expect(refusal?.kind == .arguments && refusal?.message.contains(words) == true)
    }
    try working.checkApart(
      ["a", "b", "/dev/null", "/dev/null", "-", "-"], from: ["plan.yaml", "-"])
  }
}
