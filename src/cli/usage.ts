/** What the command line offers, in words. */

export const usage = `Usage: vpc-endpoint-bot <command>

  start                        the bot; settings come from the environment and the config file
  account resume <name>        lets an account's creates go on after an incident stopped them
  audit verify <request id>    checks a request's audit chain; exit status 1 when it is broken
  help                         this text

A setting that is wrong is named, with what was expected; the exit status is then 2.
The README lists every variable, and vpc-endpoint.example.yml every key of the config file.
`;
