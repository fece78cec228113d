/// How a pack is checked without Waltz: with what every Linux has.
enum EvidenceGuide {
  static func text(
    run: String, count: Int, hasAttachments: Bool, isRedacted: Bool, approvals: GraphApprovals?
  ) -> String {
    let redaction = isRedacted ? " redaction.json" : ""
    let attachments = hasAttachments ? " attachments/*" : ""
    return """
      # How to check this pack

      It holds what the run `\(run)` recorded, and nothing here needs Waltz: `sh`, the coreutils and, for a
      signature, `ssh-keygen` do. Run the commands in this folder; each says nothing, or what is wrong, and fails then.
      \(isRedacted ? redactionWords : "")
      The files are as they were written:

      ```sh
      sha256sum --check --quiet --strict SHA256SUMS || { echo "SHA256SUMS, or a file named above, was altered"; exit 1; }
      ```

      The list of them is as it was written, and complete:

      ```sh
      sums=$(LC_ALL=C sha256sum VERIFY.md\(attachments) checkpoint.txt events.jsonl facts.json graph.json plan.yaml\(redaction) report.html statement.json)
      test "$sums" = "$(cat SHA256SUMS)" || { echo "SHA256SUMS is not what the files come to"; exit 1; }
      ```

      Graph and plan are those that the run was made of, and the attachments those that events name:

      ```sh
      facts=$(cat facts.json)
      for file in graph.json plan.yaml; do
        sum=$(sha256sum < "$file" | cut -c1-64)
        case $facts in *"$sum"*) ;; *) echo "$file is not the one of the run"; exit 1 ;; esac
      done
      for file in attachments/*; do
        test -e "$file" || break
        sum=$(sha256sum < "$file" | cut -c1-64)
        test "attachments/$sum" = "$file" || { echo "$file was altered"; exit 1; }
      done
      ```

      The \(count) events hang together, from the facts of the run to the last line of `checkpoint.txt`, `head SEQ:HASH`
      (thousands of them take a minute):

      ```sh
      head=$(sha256sum < facts.json | cut -c1-64)
      count=0
      while IFS= read -r event; do
        head=$({ printf %s "$head" | tr a-f A-F | basenc --base16 -d; printf %s "$event"; } | sha256sum | cut -c1-64)
        count=$((count + 1))
      done < events.jsonl
      test "head $count:$head" = "$(tail -n 1 checkpoint.txt)" || { echo "events.jsonl or facts.json was altered"; exit 1; }
      ```

      \(approvals.map(text) ?? "")If the pack is signed, the signature is of this list of files:

      ```sh
      test ! -e SHA256SUMS.sig || ssh-keygen -Y check-novalidate -n waltz-evidence -s SHA256SUMS.sig < SHA256SUMS > /dev/null
      ```

      Whose signature it is, `ssh-keygen -Y verify -f ALLOWED_SIGNERS -I NAME -n waltz-evidence -s SHA256SUMS.sig < SHA256SUMS`
      says, with a file of those who may sign.

      Whoever can write all of these files could write another pack. Compare `head SEQ:HASH` with what was kept elsewhere: in
      a mail, a ticket, or by a signature. `checkpoint.txt` has the form of a C2SP tlog-checkpoint, its third line is the root
      of a Merkle tree of RFC 6962 over the events; `statement.json` is an in-toto statement.

      """
  }

  private static let redactionWords = """

    Names of clients, users and hosts are redacted: pseudonyms stand for them, notes of people and what programs printed are
    left out. So events, graph and attachments are not the recorded ones, and these commands say only that nobody altered the
    redacted ones since. `redaction.json` has the last event of the journal as it was recorded, `head`, which mails and tickets
    may have kept, and salted digests of what was redacted: who has the full pack makes this one of it again with
    `waltz verify ./PACK --full ./FULL`.

    """

  private static func text(_ approvals: GraphApprovals) -> String {
    let (namespace, signatures) = (GraphApprovals.namespace, approvals.signatures)
    return """
      Those who approved the graph had signed it before the run started:

      ```sh
      for sum in \(signatures.joined(separator: " ")); do
        ssh-keygen -Y check-novalidate -n \(namespace) -s "attachments/$sum" < graph.json > /dev/null ||
          { echo "attachments/$sum is no signature of graph.json"; exit 1; }
      done
      ```

      Whose signatures these are, `ssh-keygen -Y verify -f ALLOWED_SIGNERS -I NAME -n \(namespace) -s attachments/SUM < graph.json`
      says; the first line of `events.jsonl` has the names, and `attachments/\(approvals.allowedSigners)`
      is the list of those who might sign when the run was started.


      """
  }
}
