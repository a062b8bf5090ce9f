"""The sentences about the stores that an index is searched in."""

from __future__ import annotations

MILVUS: dict[str, str] = {
    "store_unknown": "Unknown search store: “{store}”. Give faiss, milvus+file:PATH or "
    "milvus://host:port.",
    "store_server_wrong": "“{store}” is not the address of a Milvus server: write "
    "milvus://host:port, for example milvus://localhost:19530.",
    "store_password": "The address of a Milvus server carries no name or password: write "
    "milvus://host:port.",
    "store_note_damaged": "{path} no longer tells where the index is searched. Write it again "
    "with: aseqa migrate --to faiss --index {folder}",
    "milvus_library_missing": "The store {store} needs the library {name}, which is not "
    "installed: pip install 'aseqa[milvus]'.",
    "milvus_away": "Milvus ({store}) did not answer within {seconds} s. Check that the "
    "server runs and that its address is right, then try again; or return to the local index "
    "with: aseqa migrate --to faiss",
    "milvus_refused": "Milvus ({store}) refuses the request: {fault}. Make what it holds again "
    "with: aseqa migrate --to {store}",
    "milvus_damaged": "The collection {name} of {store} holds {held} sentences instead of "
    "{wanted}: no answer is taken from it. Make it again with: aseqa migrate --to {store} "
    "--index {folder}",
    "milvus_foreign": "The collection {name} of {store} holds other sentences than the index: no "
    "answer is taken from it. Make it again with: aseqa migrate --to {store} --index {folder}",
    "milvus_book_lost": "The register of what {store} holds has gone from {folder}. Make it "
    "again with: aseqa migrate --to {store} --index {folder}",
    "milvus_file_busy": "The store milvus+file:{path} is open in another program; only one at a "
    "time can use it. Close it, or move to a Milvus server.",
    "milvus_file_damaged": "The store milvus+file:{path} does not open ({fault}). Delete that "
    "folder, then make it again with: aseqa migrate --to milvus+file:{path}",
    "milvus_file_taken": "{path} holds something other than a Milvus store: nothing is written "
    "there. Give the path of a new folder.",
    "help_migrate_command": "Changes the search store: the local index, or Milvus.",
    "help_to": "Store wanted: faiss, milvus+file:PATH or milvus://host:port.",
    "help_store": "Store to search: faiss, milvus+file:PATH or milvus://host:port; by default "
    "that of the last aseqa migrate.",
    "migrated": "The index of {folder} is now searched in {store}: {sentences} sentences sent in "
    "{seconds} s; search by words: {lexical}.",
    "migrated_left": "{left} did not answer: its collections aseqa_… stay there, to be deleted by "
    "hand.",
}
